import { ERROR_KINDS } from "../src/error-codes.ts";
import { errorCodesOf, operations } from "../src/openapi/document.ts";

/** Where an operation does something else than the original, or something that the original leaves open. */
const DEVIATIONS: Readonly<Record<string, string>> = {
  "post /assistants":
    "unnamed providers are those that this server can run; `endCall`, `async_response`, `11labs` come back under today's names; `transfer_call` also takes SIP URIs (`type: sip`) and `mode: warm`; tools of type `send_digits` (docs/consent-and-keypad.md) are an extension",
  "get /calls": "`room_name` is null but on web calls: telephone calls are in no room",
  "post /calls/outbound": "a number needs a SIP trunk",
  "post /calls/{id}/control":
    "from any process, 503 where the one that carries the call does not answer; `transfer` by REFER or a bridged second leg, warm with `mode: warm` (docs/transfers.md)",
  "post /workflows":
    "drive inbound calls; the default hand-off line is not said out of tool nodes or into `end` (docs/workflows.md)",
  "post /campaigns": "calls begin every 2 s, five of a campaign at once, each lead once",
  "post /mcp-servers": "`http://` where the operator has allowed the private address",
  "get /chats": "always empty",
  "get /chats/context": "always null",
  "post /chats": "410",
  "delete /chats/{id}": "404",
  "get /voices": "the voices of eSpeak NG, not Piper's",
  "get /organizations":
    "`minutes_balance` is 1,000,000,000 where it is unlimited; `minutes_unlimited` says so",
  "post /organizations":
    "with `parent_org_id` the key's own organization; without it only the installation's first",
  "post /byok/config": "400 where there is no key for the provider yet",
  "get /sip-trunks": "also `reachability`, `registration` and what is set at creation beside the original",
  "get /sip-trunks/{id}": "as in the list",
  "post /sip-trunks":
    "also the older `host`, `port`, `username`, `password`; also `register`, `inbound_addresses`, `inbound_auth`, " +
    "`calls_per_second`, `srtp`, `refer` (docs/trunks.md)",
  "get /account": "with a `Deprecation` header",
};

/** docs/reference/compatibility.md, made from the operations that test/contract drives. */
export function renderCompatibilityPage(): string {
  const rows = operations
    .filter(({ isExtension, isAtRoot }) => !isExtension && !isAtRoot)
    .map((operation) => {
      const { method, path, answers, isDeprecated } = operation;
      const refusals = new Set(errorCodesOf(operation).map((code) => ERROR_KINDS[code].status));
      const statuses = [...Object.keys(answers).map(Number), ...refusals].toSorted((a, b) => a - b);
      const notes = [isDeprecated && "deprecated", DEVIATIONS[`${method} ${path}`]]
        .filter(Boolean)
        .join("; ");
      return `| ${method.toUpperCase()} \`${path}\` | ${[...new Set(statuses)].join(", ")} | ${notes} |`;
    });
  return `# Compatibility

<!-- Made by \`npm run docs:reference\`; do not edit. -->

The operations of the original API. \`test/contract/\` drives each of them over a real socket as the official client does:
so that it succeeds, and once for every refusal. Bodies of refusals have \`code\` in addition (see errors.md); every answer
behind a key has the three \`X-RateLimit-*\` headers; every POST takes an \`Idempotency-Key\`.

| operation | statuses | deviations, and what the original leaves open |
|---|---|---|
${rows.join("\n")}
`;
}
