import { describe, expect, test } from "vitest";
import { WEBHOOK_EVENTS } from "./event.ts";
import { resolveEndpoint, type AccountWebhook, type WebhookSettings } from "./routing.ts";

const TOOL_SECRET = Buffer.from("tool");
const ASSISTANT_SECRET = Buffer.from("assistant");
const ACCOUNT_SECRET = Buffer.from("account");

const tool = { url: "https://tool.example", secrets: [TOOL_SECRET] };
const assistant: WebhookSettings = {
  url: "https://assistant.example",
  secrets: [ASSISTANT_SECRET],
  events: null,
};
const account: AccountWebhook = { url: "https://account.example", secrets: [ACCOUNT_SECRET], events: null };
const silent: AccountWebhook = { ...account, url: null };

const to = (level: string, secret: Buffer) => ({
  outcome: "send",
  level,
  url: `https://${level}.example`,
  secrets: [secret],
});
const NO_ENDPOINT = { outcome: "skipped", reason: "no-endpoint" };
const FILTERED = { outcome: "skipped", reason: "filtered" };

describe("resolveEndpoint", () => {
  test.each([
    ["the tool's own url wins", "tool-calls", { tool, assistant, account }, to("tool", TOOL_SECRET)],
    [
      "a tool without a secret signs with the assistant's",
      "tool-calls",
      { tool: { ...tool, secrets: [] }, assistant, account },
      to("tool", ASSISTANT_SECRET),
    ],
    [
      "then with the account's",
      "tool-calls",
      { tool: { ...tool, secrets: [] }, account },
      to("tool", ACCOUNT_SECRET),
    ],
    [
      "a tool's url has no filter",
      "tool-calls",
      { tool, assistant: { ...assistant, events: [] }, account: { ...account, events: [] } },
      to("tool", TOOL_SECRET),
    ],
    [
      "a tool's url takes only tool-calls",
      "status-update",
      { tool, assistant, account },
      to("assistant", ASSISTANT_SECRET),
    ],
    [
      "a tool without a url takes the assistant's",
      "tool-calls",
      { tool: { url: null, secrets: [TOOL_SECRET] }, assistant, account },
      to("assistant", ASSISTANT_SECRET),
    ],
    [
      "the assistant beats the account",
      "status-update",
      { assistant, account },
      to("assistant", ASSISTANT_SECRET),
    ],
    [
      "an assistant without a secret signs with the account's",
      "status-update",
      { assistant: { ...assistant, secrets: [] }, account },
      to("assistant", ACCOUNT_SECRET),
    ],
    [
      "the assistant's filter holds for its own url",
      "status-update",
      { assistant: { ...assistant, events: ["tool-calls"] }, account },
      FILTERED,
    ],
    [
      "an assistant that filters does not fall through to the account",
      "end-of-call-report",
      { assistant: { ...assistant, events: [] }, account },
      FILTERED,
    ],
    [
      "an assistant without a url sends to the account",
      "assistant-request",
      { assistant: { ...assistant, url: null }, account },
      to("account", ACCOUNT_SECRET),
    ],
    [
      "and then the account's filter holds, not the assistant's",
      "assistant-request",
      { assistant: { ...assistant, url: null, events: [] }, account },
      to("account", ACCOUNT_SECRET),
    ],
    [
      "the account's filter holds for its own url",
      "assistant-request",
      { account: { ...account, events: ["status-update"] } },
      FILTERED,
    ],
    ["no assistant at all: the account", "assistant-request", { account }, to("account", ACCOUNT_SECRET)],
    [
      "an empty url is no url",
      "status-update",
      { assistant: { ...assistant, url: "" }, account },
      to("account", ACCOUNT_SECRET),
    ],
    [
      "nobody has a url",
      "status-update",
      { assistant: { ...assistant, url: null }, account: silent },
      NO_ENDPOINT,
    ],
    [
      "nobody has a url, whatever the filters say",
      "status-update",
      { account: { ...silent, events: [] } },
      NO_ENDPOINT,
    ],
  ] as const)("%s", (_sentence, type, levels, expected) => {
    expect(resolveEndpoint(type, levels)).toEqual(expected);
  });

  test.each(WEBHOOK_EVENTS)("null events takes %s", (type) => {
    expect(resolveEndpoint(type, { assistant, account })).toMatchObject({
      outcome: "send",
      level: "assistant",
    });
  });
});
