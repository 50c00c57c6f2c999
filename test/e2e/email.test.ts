import { afterAll, beforeAll, expect, test } from "vitest";
import type { SipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { placeAnsweredCall, startCaller } from "../harness/caller.ts";
import { isLoud } from "../harness/fake-media.ts";
import { createMailServer, SMTP_PASSWORD, type MailServer } from "../harness/mail-server.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";

const NUMBER = "+31850835037";
let dataDirectory: string;
let mail: MailServer;
let server: RunningServer;
let caller: SipCaller;

const start = () =>
  startReadyServer(dataDirectory, {
    SMTP_URL: mail.url,
    MAIL_FROM: "Acme Calls <calls@acme.example>",
    LOG_LEVEL: "trace",
  });

beforeAll(async () => {
  [dataDirectory, mail] = await Promise.all([newDataDirectory(), createMailServer()]);
  server = await start();
  const created = await server.api("POST", "/assistants", {
    name: "Desk",
    notification_email: "ada@x.example",
    first_message: "Hello.",
    stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [] },
    llm_config: { provider: "scripted", model: "script-1", script: [] },
    tts_config: { provider: "local", voice_id: "en" },
  });
  const { id } = created.body["assistant"] as { id: string };
  await server.api("PATCH", `/assistants/${id}`, { notification_emails: ["bob@x.example", "ada@x.example"] });
  await server.api("POST", "/numbers", { phone_number: NUMBER, name: "Front desk", agent_id: id });
  caller = await startCaller({ first: 22_300, last: 22_399 });
});
afterAll(async () => {
  await caller.stop();
  await server.end("SIGTERM");
  await mail.close();
  await removeDataDirectory(dataDirectory);
});

/** Calls, hears something, and hangs up. */
async function shortCall(): Promise<void> {
  const { leg, media } = await placeAnsweredCall(caller, server.sipPort, { to: NUMBER });
  await new Promise<void>((resolve) => media.onAudio((frame) => isLoud(frame) && resolve()));
  await leg.hangUp();
}

test("a call's report is in everybody's mailbox soon after, and the list says so", async () => {
  await shortCall();
  await mail.waitFor(1);
  expect(mail.received[0]).toMatchObject({
    from: "calls@acme.example",
    to: ["ada@x.example", "bob@x.example"],
  });
  expect(mail.received[0]!.raw).toMatch(/^Subject: \+31612345678 called Front desk/m);
  await expect
    .poll(async () => ((await server.api("GET", "/emails")).body["emails"] as object[])[0])
    .toMatchObject({ state: "sent", transport: "smtp", recipients: ["ada@x.example", "bob@x.example"] });
});

test("kill -9 while an e-mail is being sent: it is sent after the restart, and known as the same", async () => {
  mail.refuseMessage = () => "hang";
  const before = mail.begun;
  await shortCall();
  await expect.poll(() => mail.begun, { timeout: 10_000 }).toBe(before + 1);
  const output = server.output();
  await server.end("SIGKILL");
  mail.refuseMessage = () => undefined;
  const received = mail.received.length;
  server = await start();
  await mail.waitFor(received + 1);
  const listed = (await server.api("GET", "/emails")).body["emails"] as { message_id: string }[];
  expect(mail.received.at(-1)!.raw).toContain(`Message-ID: ${listed[0]!.message_id}`);
  // With the loudest log there is.
  expect(output + server.output()).not.toContain(SMTP_PASSWORD);
});
