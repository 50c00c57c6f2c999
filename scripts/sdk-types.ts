import openapiTs, { astToString, type OpenAPI3 } from "openapi-typescript";
import { openApiDocument } from "../src/openapi/document.ts";

export const SDK_TYPES_URL = new URL("../sdk/src/generated/api.ts", import.meta.url);

/** The client library's types, as `npm run sdk:types` writes them and a test compares them. What is deprecated gets none. */
export async function renderSdkTypes(): Promise<string> {
  // Neither the version nor the address reaches the types: a release alone does not change them.
  const document = openApiDocument({ version: "0", serverUrl: "http://localhost" });
  const { paths } = document as { paths: Record<string, Record<string, { deprecated?: boolean }>> };
  const current = Object.entries(paths).filter(
    ([, methods]) => !Object.values(methods).some(({ deprecated }) => deprecated),
  );
  const ast = await openapiTs({ ...document, paths: Object.fromEntries(current) } as unknown as OpenAPI3);
  return `// Over 400 lines because it is made from the OpenAPI document: npm run sdk:types\n\n${astToString(ast)}`;
}
