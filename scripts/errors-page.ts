import { ERROR_KINDS, type ErrorKind } from "../src/error-codes.ts";

/** docs/reference/errors.md, made from the table of refusals, so that the page has every one of them. */
export function renderErrorsPage(): string {
  const rows = Object.entries<ErrorKind>(ERROR_KINDS)
    .toSorted(([, a], [, b]) => a.status - b.status)
    .map(([code, { status, error, meaning }]) => `| ${status} | \`${code}\` | ${error} | ${meaning} |`);
  return `# Errors

<!-- Made by \`npm run docs:reference\`; do not edit. -->

A refused request is answered with a flat JSON object:

\`\`\`json
{
  "error": "Validation failed",
  "message": "llm_config.temperature: must be from 0 to 2, got 3",
  "details": ["llm_config.temperature: must be from 0 to 2, got 3"],
  "code": "invalid_request"
}
\`\`\`

\`error\` is short and for people; \`message\`, where it is there, says more; \`details\` has one line a problem. \`code\` is for
programs and does not change; it is an addition of Switchhook's to the documented body. Every answer has an
\`X-Request-Id\`, which the server's log has too.

| status | code | error | what it means, and what to do |
|---|---|---|---|
${rows.join("\n")}
`;
}
