import { expect, test } from "vitest";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import { requestedOpener, withOpener } from "./outbound-opener.ts";

const outbound = (text: string | null): AssistantConfiguration => ({
  speech_config: { first_message_outbound: text },
});

test.each<[string | null | undefined, AssistantConfiguration | undefined, string | undefined]>([
  ["Asked for.", { first_message: "Override." }, "Asked for."],
  ["Asked for.", undefined, "Asked for."],
  [undefined, { first_message: "Override." }, "Override."],
  [null, { first_message: "Override.", ...outbound("Outbound.") }, undefined],
  [undefined, { first_message: "Override.", ...outbound(null) }, "Override."],
  [undefined, { first_message: null }, undefined],
  [undefined, {}, undefined],
  ["", undefined, undefined],
])("a request with %j and the override %j asks for %j", (firstMessage, override, expected) => {
  expect(requestedOpener(firstMessage, override)).toBe(expected);
});

test.each<[AssistantConfiguration, string | undefined, string | null | undefined]>([
  [{ first_message: "Usual.", ...outbound("Outbound.") }, "Asked for.", "Asked for."],
  [{ first_message: "Usual.", ...outbound("Outbound.") }, undefined, "Outbound."],
  [{ first_message: "Usual.", ...outbound("") }, undefined, "Usual."],
  [{ first_message: "Usual.", ...outbound(null) }, undefined, "Usual."],
  [{ first_message: null }, undefined, null],
])("%j, asked for %j: %j", (configuration, asked, expected) => {
  expect(withOpener(configuration, asked).first_message).toBe(expected);
});
