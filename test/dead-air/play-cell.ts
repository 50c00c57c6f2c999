import type { ServerResponse } from "node:http";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { AssistantConfiguration } from "../../src/assistants/configuration.ts";
import { systemClock } from "../../src/clock.ts";
import { createStartConversation } from "../../src/conversation/agent-conversation.ts";
import type { ConversationEnd, TranscriptMessage } from "../../src/conversation/conversation.ts";
import { sentencesOf } from "../../src/conversation/sentences.ts";
import { createSpeakText } from "../../src/conversation/speak-text.ts";
import { newId } from "../../src/ids.ts";
import { createLogger } from "../../src/logger.ts";
import { connectMcp } from "../../src/mcp/mcp-client.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { createProviders } from "../../src/speech/providers.ts";
import type { Espeak } from "../../src/speech/tts/espeak.ts";
import type { Dialer } from "../../src/webhooks/dialer.ts";
import { createSyncWebhooks } from "../../src/webhooks/sync-request.ts";
import { readToolAnswer } from "../../src/webhooks/tool-response.ts";
import { startMcpServer } from "../harness/mcp-server.ts";
import { startOpenAiServer, type Answer } from "../harness/openai-server.ts";
import { createReceiver, type Behaviour } from "../harness/receiver.ts";
import { openRtpLeg } from "../harness/rtp-leg.ts";
import { answerOf, expected, type Cell, type Fault } from "./cells.ts";

/** What one call of the table was like, as the caller heard it. All times in milliseconds. */
export interface Played {
  /** from the moment at which the assistant owed a sound to the next one, then from one sound to the next */
  gapsMs: number[];
  /** The machine did not let the call run in real time: what was measured is the machine. */
  isVoid: boolean;
  /** undefined: the call went on */
  end: ConversationEnd | undefined;
  /** what was said from the fault on */
  after: TranscriptMessage[];
  /** from the end of the conversation, until no request of it was open any more; undefined: after 2 s there still were */
  releasedAfterMs: number | undefined;
}

const logger = createLogger({ level: "silent" });
const secretBox = createSecretBox(Buffer.alloc(32, 1));
const GOOD_SPEECH: Answer = { type: "audio", durationMs: 700 };
const LONG_SPEECH: Answer = { type: "audio", durationMs: 4_000 };
const CLOSED_PORT = "http://127.0.0.1:2/hook";
const REPLY = "We close at five in the afternoon. On Sundays we are closed all day long.";
/** A pause between two words is no silence. */
const WORD_GAP_MS = 400;
const WATCH_AT_MOST_MS = 40_000;
const RELEASED_WITHIN_MS = 2_000;
/** Frames are 20 ms; an event loop that stands still for this long makes silence of its own. */
const STANDSTILL_MS = 400;

let played = 0;

export async function playCell(
  cell: Cell,
  tools: { espeak: Espeak; dialer: Dialer; question: Int16Array },
): Promise<Played> {
  const { part, fault, place } = cell;
  const serial = ++played;
  const server = await startOpenAiServer();
  const receiver = await createReceiver();
  const mcp = await startMcpServer();
  const leg = await openRtpLeg();
  const closing: (() => Promise<unknown>)[] = [];
  const configuration = configurationOf(cell, serial);
  const messages: TranscriptMessage[] = [];
  server.transcriptions = answersOf(cell, "stt", { type: "transcript", text: "When do you close?" });
  server.chat = answersOf(cell, "llm", { type: "say", text: REPLY });
  if (part === "llm" && place === "after a tool") {
    server.chat.unshift({ type: "tool", name: "opening_hours", arguments: {} });
  }
  server.speech = answersOf(cell, "tts", part === "stt" && place === "reply" ? LONG_SPEECH : GOOD_SPEECH);
  const providers = createProviders({
    clock: systemClock,
    espeak: tools.espeak,
    settings: { openai: { apiKey: undefined, baseUrl: server.baseUrl, isOwnServer: true } },
  });
  const ask = createSyncWebhooks({
    receivers: { isKnownDead: () => false, began: () => undefined, ended: () => undefined },
    dispatcher: tools.dialer.sync,
    clock: systemClock,
    secretBox,
    newId,
    log: { add: () => undefined, stop: () => Promise.resolve() },
  });
  const connection = await connectMcp(
    { url: mcp.url, transport: "streamable_http", headers: {}, timeoutMs: 8_000 },
    { fetch, clock: systemClock, version: "test" },
  );
  closing.push(() => connection.close());
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  let silentAtMs = 0;
  const isRefused = fault === "refuses";
  let turns = 0;

  try {
    if (isRefused && part !== "tool" && part !== "mcp" && place === "greeting") server.refuse();
    let owedSinceMs = performance.now();
    let saidBefore = 0;
    const started = await createStartConversation({
      providers,
      speakText: createSpeakText(providers, systemClock),
      clock: systemClock,
      logger,
    })({
      callId: `cell-${serial}`,
      configuration,
      media: leg.media,
      externalTools: [
        {
          name: "find_order",
          description: "finds",
          parameters: { type: "object", properties: {} },
          run(_args, signal) {
            if (part === "mcp") mcp.misbehave = (_request, response) => misbehave(response, fault, closing);
            return connection.callTool("find_order", { number: "7" }, 8_000, signal);
          },
        },
      ],
      async runTool(toolCall, signal) {
        if (isRefused && part !== "stt" && part !== "tool" && place === "after a tool") server.refuse();
        if (part === "tool") receiver.behave = () => behaviourOf(fault, toolCall.id);
        else
          receiver.behave = () => ({ answer: { results: [{ tool_call_id: toolCall.id, result: "five" }] } });
        const answer = await ask({
          organizationId: newId(),
          callId: newId(),
          subject: {
            call: { id: newId(), type: "inbound_phone_call", status: "in-progress" },
            phoneNumber: { id: null, number: "+31850835037", name: "Desk" },
            customerNumber: "+31612345678",
          },
          detail: { type: "tool-calls", assistant: {}, toolCalls: [] },
          routing: {
            outcome: "send",
            level: "tool",
            url: part === "tool" && isRefused ? CLOSED_PORT : receiver.url,
            secrets: [secretBox.seal("whsec_c2VjcmV0")],
          },
          deadlineMs: 10_000,
          signal,
        });
        return readToolAnswer(answer, toolCall.id);
      },
      events: {
        onMessage: (message) => messages.push(message),
        onActivity({ type }) {
          if (type === "caller-silent") silentAtMs = performance.now();
        },
      },
    });
    if (started.outcome === "failed") throw new Error(started.error);
    const { conversation } = started;
    // The greeting is owed from the start of the conversation on, which answers for its own time.
    owedSinceMs = performance.now();
    let end: ConversationEnd | undefined;
    void conversation.ended.then((how) => (end = how));
    closing.push(() => conversation.stop());

    const { fillers } = sentencesOf(configuration);
    const hasAnswer = (said: TranscriptMessage[]) =>
      said.some(
        ({ role, content }) =>
          role === "assistant" && !fillers.includes(content) && content !== configuration["tool_message"],
      );

    if (place !== "greeting") {
      await until(() => messages.some(({ role }) => role === "assistant"), 6_000);
      await untilQuiet(leg.loudAtMs, 300);
      const turnsBefore = place === "second turn" || (part === "stt" && place !== "first turn") ? 1 : 0;
      for (; turns < turnsBefore; turns++) {
        leg.speak(tools.question);
        await leg.untilSpoken();
        const count = messages.length;
        if (part === "stt" && place === "reply") {
          await until(() => (leg.loudAtMs.at(-1) ?? 0) > performance.now() - 100, 10_000);
          await pause(500);
        } else {
          await until(() => hasAnswer(messages.slice(count)), 10_000);
          await untilQuiet(leg.loudAtMs, 300);
        }
      }
      if (isRefused && part !== "tool" && part !== "mcp" && place !== "after a tool") server.refuse();
      if (isRefused && part === "stt") server.refuse();
      saidBefore = messages.length;
      leg.speak(tools.question);
      await leg.untilSpoken();
      owedSinceMs = performance.now();
      // The end of the turn as the session sees it: its voice activity detection has its own 0.55 s.
      await until(() => silentAtMs >= owedSinceMs, 15_000);
      owedSinceMs = silentAtMs;
    }

    // What the caller cut off is written down late, and is no answer: something must be heard, too.
    const isAnswered = () =>
      hasAnswer(messages.slice(saidBefore)) && leg.loudAtMs.some((atMs) => atMs >= owedSinceMs);
    const outcome = expected(cell);
    if (outcome === "quiet") await pause(4_000);
    else if (outcome === "goes on") {
      await until(() => end !== undefined || isAnswered(), WATCH_AT_MOST_MS);
      // An end that was not expected would come now.
      await until(() => end !== undefined, 500);
    } else await until(() => end !== undefined, WATCH_AT_MOST_MS);
    const endedMs = performance.now();
    const after = messages.slice(saidBefore);
    void conversation.stop();
    await until(() => server.openRequests === 0, RELEASED_WITHIN_MS);
    const isReleased = server.openRequests === 0;
    return {
      isVoid: delay.max / 1e6 > STANDSTILL_MS,
      gapsMs: gaps(leg.loudAtMs, owedSinceMs, end ? endedMs : undefined),
      end,
      after,
      releasedAfterMs: isReleased ? performance.now() - endedMs : undefined,
    };
  } finally {
    delay.disable();
    for (const close of closing.toReversed()) await close().catch(() => undefined);
    leg.close();
    await Promise.all([server.stop(), receiver.close(), mcp.close()]);
  }
}

function configurationOf({ part, place, voice, language, hasMessage }: Cell, serial: number) {
  const endsAfter = place === "goodbye";
  const toolName = part === "mcp" ? "find_order" : "opening_hours";
  const usesTool = part === "tool" || part === "mcp" || place === "after a tool";
  const tools = [
    {
      name: "opening_hours",
      parameters: { type: "object", properties: {} },
      ...(hasMessage && { message: "Let me look that up for you." }),
    },
  ];
  // In the second turn the script is at its second line: the recogniser says which.
  const isLater = place === "second turn";
  const script = [
    ...(isLater ? [{ on: "user", match: "hello", say: REPLY }] : []),
    usesTool
      ? { on: "user", match: ".*", tool: { name: toolName } }
      : { on: "user", match: ".*", say: endsAfter ? "Goodbye, and thank you." : REPLY, end: endsAfter },
    { on: "tool", match: ".*", say: "That is what I could find out.", end: endsAfter },
  ];
  const utterances = isLater
    ? ["Hello there.", "When do you close?"]
    : ["When do you close?", "And on Sunday?"];
  return {
    first_message: "Hello, how can I help you today?",
    stt_config:
      part === "stt"
        ? { provider: "openai", model: "whisper-1", language }
        : { provider: "scripted", language, utterances },
    llm_config:
      part === "llm"
        ? { provider: "openai", model: "test", tools }
        : {
            provider: "scripted",
            tools,
            script: part === "stt" && place === "after a tool" ? toolFirst() : script,
          },
    tts_config:
      voice === "server"
        ? { provider: "openai", model: `tts-${serial}`, voice_id: "alloy" }
        : { provider: "local", voice_id: language },
    ...(hasMessage && { tool_message: "Let me look that up for you." }),
  } as AssistantConfiguration;
}

function toolFirst() {
  return [
    { on: "user", match: ".*", tool: { name: "opening_hours" } },
    { on: "tool", match: ".*", say: "That is what I could find out." },
  ];
}

/** Good answers up to the place where the fault is, and the fault from there on. */
function answersOf({ part, fault, place }: Cell, of: "stt" | "llm" | "tts", good: Answer): Answer[] {
  if (part !== of || fault === "refuses") return [good];
  const goodBefore = {
    stt: { "first turn": 0, "second turn": 1, reply: 1, "after a tool": 1 },
    llm: { "first turn": 0, "second turn": 1, reply: 0, "after a tool": 0 },
    tts: { greeting: 0, "first turn": 1, "second turn": 3, reply: 2, "after a tool": 1, goodbye: 1 },
  }[of] as Partial<Record<Cell["place"], number>>;
  const isInMiddle = of === "llm" && place === "reply";
  return [...Array.from({ length: goodBefore[place] ?? 0 }, () => good), answerOf(fault, good, isInMiddle)];
}

function behaviourOf(fault: Fault, toolCallId: string): Behaviour {
  const good = { results: [{ tool_call_id: toolCallId, result: "five" }] };
  switch (fault) {
    case "401":
    case "500":
      return { answer: {}, status: Number(fault) };
    case "hangs":
      return "stall-before-headers";
    case "stalls":
      return "stall-in-body";
    case "drips":
      return "drip";
    case "malformed":
      return { raw: "<html>Bad gateway</html>" };
    case "cut":
      return "reset-in-body";
    case "empty":
      return { raw: "" };
    case "refuses":
    case "late":
      return { answer: good, afterMs: 3_500 };
  }
}

function misbehave(response: ServerResponse, fault: Fault, closing: (() => Promise<unknown>)[]): void {
  switch (fault) {
    case "401":
    case "500":
      response.writeHead(Number(fault)).end("no");
      return;
    case "hangs":
      return;
    case "stalls":
      response.writeHead(200, { "content-type": "application/json" }).write("{");
      return;
    case "drips": {
      response.writeHead(200, { "content-type": "application/json" }).write("{");
      const timer = setInterval(() => response.write(" "), 1_000);
      closing.push(() => Promise.resolve(clearInterval(timer)));
      return;
    }
    case "malformed":
      response.writeHead(200, { "content-type": "text/html" }).end("<html>");
      return;
    case "empty":
      response.writeHead(200, { "content-type": "application/json" }).end();
      return;
    case "refuses":
    case "cut":
      response.destroy();
      return;
    case "late": {
      const timer = setTimeout(() => response.writeHead(503).end(), 3_500);
      closing.push(() => Promise.resolve(clearTimeout(timer)));
    }
  }
}

function gaps(loudAtMs: readonly number[], fromMs: number, untilMs: number | undefined): number[] {
  const result: number[] = [];
  let lastMs = fromMs;
  let isFirst = true;
  for (const atMs of loudAtMs) {
    if (atMs < fromMs) continue;
    if (isFirst || atMs - lastMs > WORD_GAP_MS) result.push(Math.round(atMs - lastMs));
    isFirst = false;
    lastMs = atMs;
  }
  if (untilMs !== undefined) result.push(Math.round(untilMs - lastMs));
  return result;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function until(isSo: () => boolean, withinMs: number): Promise<void> {
  const giveUpMs = performance.now() + withinMs;
  while (!isSo() && performance.now() < giveUpMs) await pause(20);
}

async function untilQuiet(loudAtMs: readonly number[], silenceMs: number): Promise<void> {
  await until(() => loudAtMs.length > 0 && performance.now() - loudAtMs.at(-1)! > silenceMs, 10_000);
}
