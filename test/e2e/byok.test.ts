import { afterAll, beforeAll, expect, test } from "vitest";
import type { SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { placeAnsweredCall, startCaller } from "../harness/caller.ts";
import { isLoud } from "../harness/fake-media.ts";
import { startOpenAiServer, type OpenAiServer } from "../harness/openai-server.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";

// Two organizations on one server; one of them has brought a key of its own.

let dataDirectory: string;
let openAi: OpenAiServer;
let server: RunningServer;
let caller: SipCaller;

beforeAll(async () => {
  dataDirectory = await newDataDirectory();
  openAi = await startOpenAiServer();
  openAi.speech = [{ type: "audio", durationMs: 400 }];
  openAi.chat = [{ type: "say", text: "Yes." }];
  openAi.transcriptions = [{ type: "transcript", text: "Hello" }];
  server = await startReadyServer(dataDirectory, {
    OPENAI_BASE_URL: openAi.baseUrl,
    OPENAI_API_KEY: "sk-of-the-server",
  });
  caller = await startCaller({ first: 22_400, last: 22_449 });
});
afterAll(async () => {
  await caller.stop();
  await server.end("SIGTERM");
  await openAi.stop();
  await removeDataDirectory(dataDirectory);
});

async function api(key: string, method: string, path: string, body?: object) {
  const response = await fetch(`${server.apiUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Record<string, never>;
}

/** A number whose assistant speaks by the OpenAI protocol. */
async function addNumber(key: string, phoneNumber: string): Promise<void> {
  const { assistant } = (await api(key, "POST", "/assistants", {
    name: "Desk",
    first_message: "Hello.",
    llm_config: { provider: "openai", model: "gpt-5.4" },
    stt_config: { provider: "openai", model: "any", language: "en" },
    tts_config: { provider: "openai", voice_id: "alloy" },
  })) as unknown as { assistant: { id: string } };
  await api(key, "POST", "/numbers", { phone_number: phoneNumber, agent_id: assistant.id });
}

/** Calls, and waits for the greeting. @returns whose key the speech service saw */
async function greetingOf(phoneNumber: string): Promise<string | undefined> {
  openAi.requests.length = 0;
  const { leg, media } = await placeAnsweredCall(caller, server.sipPort, { to: phoneNumber });
  await new Promise<void>((resolve) => media.onAudio((frame) => isLoud(frame) && resolve()));
  await leg.hangUp();
  return openAi.requests[0]?.authorization;
}

test("each call is made with its organization's key, else with the server's", async () => {
  const first = "fl_test_0123456789abcdef";
  const made = await api(first, "POST", "/organizations", { name: "Second" });
  const second = String(made["api_key"]);
  await addNumber(first, "+31850000001");
  await addNumber(second, "+31850000002");
  await api(second, "POST", "/byok", { provider: "openai", api_key: "sk-of-the-second" });

  expect(await greetingOf("+31850000001")).toBe("Bearer sk-of-the-server");
  expect(await greetingOf("+31850000002")).toBe("Bearer sk-of-the-second");
  await api(second, "DELETE", "/byok", { provider: "openai" });
  expect(await greetingOf("+31850000002")).toBe("Bearer sk-of-the-server");
});
