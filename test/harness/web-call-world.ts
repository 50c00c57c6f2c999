import { createActiveCalls, type ActiveCalls } from "../../src/calls/active-calls.ts";
import { assistantSchemas, crossFieldProblems } from "../../src/assistants/assistant-schema.ts";
import { findAssistant } from "../../src/assistants/assistant-store.ts";
import { createDecide } from "../../src/calls/call-decision.ts";
import type { TimelineEntry } from "../../src/calls/call-timeline.ts";
import { createCallTraces } from "../../src/calls/call-traces.ts";
import { createCallTransitions } from "../../src/calls/call-transitions.ts";
import { createCallWebhooks, createRecordCallEvent } from "../../src/calls/call-webhooks.ts";
import { createLiveCalls, type LiveCalls } from "../../src/calls/live-calls.ts";
import { createReaper, type Reaper } from "../../src/calls/reaper-loop.ts";
import { insertNode } from "../../src/calls/node-store.ts";
import { createToolRunners } from "../../src/calls/tool-runner.ts";
import type { JoinedCallPorts } from "../../src/calls/web-call.ts";
import { createWebCalls, type WebCalls } from "../../src/calls/web-calls.ts";
import { systemClock, type Clock } from "../../src/clock.ts";
import { createSpeech } from "../../src/conversation/speech.ts";
import { extractSummary } from "../../src/conversation/extract.ts";
import type { Database } from "../../src/db/database.ts";
import { problemsOf } from "../../src/http/validation.ts";
import { newId } from "../../src/ids.ts";
import { createLogger } from "../../src/logger.ts";
import { getAccountWebhook } from "../../src/organizations/organization-store.ts";
import type { SecretBox } from "../../src/secret-box.ts";
import { defaultProviders } from "../../src/speech/default-providers.ts";
import { createProviders } from "../../src/speech/providers.ts";
import type { Espeak } from "../../src/speech/tts/espeak.ts";
import type { CallMedia, LegEnd, OutboundCall, OutboundLeg } from "../../src/telephony/carrier.ts";
import { createSipLog } from "../../src/telephony/sip/sip-ladder.ts";
import { issueJoinToken, joinTokenKeys, readJoinToken } from "../../src/web-calls/join-token.ts";
import type { JoinAdmission, WebLeg, WebTranscription } from "../../src/web-calls/web-carrier.ts";
import { recordEvent } from "../../src/webhooks/outbox-store.ts";
import type { WebhookEngine } from "../../src/webhooks/webhook-engine.ts";

/** A browser in its room, as far as a call knows of it: its audio is in this process, and there is no network. */
export interface Browser {
  leg: WebLeg<CallMedia>;
  /** what it was shown */
  readonly shown: WebTranscription[];
  /** Audio goes both ways from now on. */
  connect(media: CallMedia): void;
  type(text: string): void;
  /** Its end of the room is gone. */
  leave(end: LegEnd): void;
  /** what it was told that was turned away */
  refusal(): string | undefined;
}

export function createBrowser(): Browser {
  const { promise: ended, resolve: end } = Promise.withResolvers<LegEnd>();
  const { promise: answered, resolve: answer } =
    Promise.withResolvers<Awaited<ReturnType<WebLeg<CallMedia>["answer"]>>>();
  let listener: (text: string) => void = () => undefined;
  let refusal: string | undefined;
  void ended.then(() => answer({ outcome: "gone" }));
  const shown: WebTranscription[] = [];
  return {
    shown,
    connect: (media) => answer({ outcome: "answered", media }),
    type: (text) => listener(text),
    leave: end,
    refusal: () => refusal,
    leg: {
      carrier: "web",
      carrierCallId: "RM_browser",
      ended,
      answer: () => answered,
      reject(message) {
        refusal = message;
        end({ cause: "local" });
      },
      hangUp() {
        end({ cause: "local" });
        return Promise.resolve();
      },
      transfer: () => Promise.resolve({ outcome: "refused", detail: "a browser cannot be sent elsewhere" }),
      takesTransfers: false,
      peer: undefined,
      onText: (on) => (listener = on),
      onData: () => undefined,
      sendTranscription: (piece) => void shown.push(piece),
      sendData: () => undefined,
    },
  };
}

/** One process of an installation, as far as web calls need it. */
export interface WebCallWorld {
  webCalls: WebCalls;
  reaper: Reaper;
  activeCalls: ActiveCalls;
  liveCalls: LiveCalls;
  timeline: TimelineEntry[];
  /** A browser comes with a token, as the gateway lets it in. */
  join(token: string, browser: Browser): Promise<JoinAdmission>;
}

export async function createWebCallWorld(options: {
  db: Database;
  secretBox: SecretBox;
  engine: WebhookEngine;
  espeak: Espeak;
  clock?: Clock;
  nodeId?: string;
  installationId?: string;
  placeCall?: (call: OutboundCall) => Promise<OutboundLeg>;
  hasRoom?: () => boolean;
}): Promise<WebCallWorld> {
  const { db, secretBox, engine, espeak, clock = systemClock, nodeId = newId() } = options;
  const logger = createLogger({ level: "silent" });
  await insertNode(db, { id: nodeId, installationId: options.installationId ?? newId() });
  const webhooks = createCallWebhooks({
    getAccountWebhook: (organizationId, tx) => getAccountWebhook(tx ?? db, organizationId),
    getAssistantSecrets: async () => [],
  });
  const transitions = createCallTransitions({
    db,
    recordEvent: createRecordCallEvent({ webhooks, recordEvent, now: () => clock.now() }),
    takeMinutes: async () => undefined,
    wakeDelivery: engine.wake,
  });
  const providers = createProviders({
    clock: systemClock,
    espeak,
    settings: { openai: { apiKey: undefined, baseUrl: "http://127.0.0.1:9/v1", isOwnServer: true } },
  });
  const speech = createSpeech({ providers, clock: systemClock, logger });
  const timeline: TimelineEntry[] = [];
  const sealSecret = (secret: string) => secretBox.seal(secret);
  const { perCall } = assistantSchemas({ acceptsAnyOpenAiModel: true, refuseUrl: () => undefined });
  const { placeCall } = options;
  const ports: JoinedCallPorts = {
    db,
    nodeId,
    newId,
    clock,
    logger,
    transitions,
    sealSecret,
    openSecret: (sealed) => secretBox.open(sealed),
    // Here the audio of every leg is in this process.
    speechFor: () => Promise.resolve(speech as unknown as Awaited<ReturnType<JoinedCallPorts["speechFor"]>>),
    openExternalTools: () =>
      Promise.resolve({ outcome: "opened", tools: [], close: () => Promise.resolve() }),
    createToolRunner: createToolRunners({
      webhooks,
      ask: engine.ask,
      prepare: engine.prepare,
      sealSecret,
      onFailure: () => undefined,
    }),
    liveCalls: createLiveCalls(),
    watch: (entry) => timeline.push(entry),
    recordings: {
      isOnByDefault: false,
      place: () => ({ path: "", file: "" }),
      begin: () => Promise.resolve(),
      keep: () => Promise.resolve(),
      fail: () => Promise.resolve(),
    },
    traces: createCallTraces({ sipLog: createSipLog(), capture: "off" }),
    placeCall: (call) =>
      placeCall ? placeCall(call) : Promise.reject(new Error("this test places no calls")),
    findTransferRoute: () =>
      Promise.resolve(
        placeCall
          ? { trunk: { address: "127.0.0.1", port: 5_060, protocol: "UDP" }, from: "+31850835037" }
          : { trunk: undefined },
      ),
    decide: createDecide({
      webhooks,
      ask: engine.ask,
      prepare: engine.prepare,
      async findAssistant(organizationId, id) {
        const assistant = await findAssistant(db, organizationId, id);
        return assistant && { id, configuration: { ...assistant.configuration }, isActive: true };
      },
      defaultProviders: () => defaultProviders({ hasOpenAi: false }),
      readPerCall(change) {
        const result = perCall.safeParse(change);
        return result.success
          ? { outcome: "ok", change: result.data }
          : { outcome: "invalid", problems: problemsOf(result.error) };
      },
      problemsOf: crossFieldProblems,
    }),
  };
  const activeCalls = createActiveCalls((error) => {
    throw error;
  });
  const keys = joinTokenKeys([Buffer.alloc(32, 5)]);
  const webCalls = createWebCalls({
    ports,
    activeCalls,
    hasRoom: options.hasRoom ?? (() => true),
    issueToken: (claims) => issueJoinToken(claims, keys),
    serverUrl: (requestedUrl) => requestedUrl.replace("http", "ws"),
  });
  return {
    webCalls,
    activeCalls,
    liveCalls: ports.liveCalls,
    timeline,
    reaper: createReaper({
      db,
      nodeId,
      transitions,
      summarizeOrphan: (call) => extractSummary(call.messages),
      repairRecording: () => Promise.resolve(),
      clock,
      logger,
    }),
    async join(token, browser) {
      const read = await readJoinToken(token, keys, clock.now());
      if (read.outcome === "invalid") return { outcome: "refused", statusCode: 401, message: read.because };
      const admission = await webCalls.carrierPorts.admit(read.claims);
      if (admission.outcome === "admitted") webCalls.carrierPorts.onLeg(browser.leg, read.claims);
      return admission;
    },
  };
}
