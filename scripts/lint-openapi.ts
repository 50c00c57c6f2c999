import { createConfig, lintFromString } from "@redocly/openapi-core";
import { openApiDocument, operations } from "../src/openapi/document.ts";
import { ACCESS } from "../src/people/permissions.ts";

// The document as the server serves it, by the recommended rules of a public linter.

/** What stays, and why. */
const EXCEPTIONS: readonly { rule: string; at: string; because: string }[] = [
  {
    rule: "operation-4xx-response",
    at: "#/paths/~1api~1v1~1health/get/responses",
    because: "it takes nothing that could be wrong",
  },
  {
    rule: "operation-2xx-response",
    at: "#/paths/~1api~1v1~1chats/post/responses",
    because: "text chats are deprecated, and never made",
  },
];

const problems = await lintFromString({
  source: JSON.stringify(openApiDocument({ version: "1.0.0", serverUrl: "https://calls.example.org" })),
  absoluteRef: "openapi.json",
  config: await createConfig({ extends: ["recommended-strict"] }),
});
const unexpected = problems.filter(
  ({ ruleId, location }) =>
    !EXCEPTIONS.some(
      ({ rule, at }) => rule === ruleId && location.some(({ pointer }) => pointer?.startsWith(at)),
    ),
);
for (const { ruleId, message, location } of unexpected) {
  console.error(`${ruleId}: ${message}  ${location.map(({ pointer }) => pointer ?? "").join(" ")}`);
}
/** Who may use it: permissions.ts has to say. */
const undecided = operations.filter(
  ({ method, path, isPublic }) => !isPublic && ACCESS[path]?.[method.toUpperCase() as "GET"] === undefined,
);
for (const { method, path } of undecided) {
  console.error(`${method.toUpperCase()} ${path}: src/people/permissions.ts does not say who may use it`);
}
console.log(`OpenAPI: ${unexpected.length} problems, ${EXCEPTIONS.length} exceptions with a reason`);
if (unexpected.length + undecided.length > 0) process.exitCode = 1;
