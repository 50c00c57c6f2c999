import openapiTypescript, { astToString } from "openapi-typescript";
import { openApiDocument } from "../src/openapi/document.ts";

/** The types of `sdk/`, from the document that the server serves. */
export async function renderSdkTypes(): Promise<string> {
  const document = openApiDocument({ version: "0", serverUrl: "http://localhost:4000" });
  const types = await openapiTypescript(JSON.parse(JSON.stringify(withoutDeprecated(document))) as never);
  return `// Made by \`npm run sdk:types\` from the server's OpenAPI document; do not edit.\n\n${astToString(types)}`;
}

/** Old names are for old clients; this one speaks today's. */
function withoutDeprecated(document: Record<string, unknown>): Record<string, unknown> {
  const paths = document["paths"] as Record<string, Record<string, { deprecated?: boolean }>>;
  const kept = Object.entries(paths).filter(([, methods]) =>
    Object.values(methods).some(({ deprecated }) => !deprecated),
  );
  return { ...document, paths: Object.fromEntries(kept) };
}
