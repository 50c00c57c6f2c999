import type { Clock } from "../../clock.ts";
import type { WebhookEventType } from "../../webhooks/event.ts";
import { pause } from "../command-context.ts";
import {
  exampleCall,
  exampleEvent,
  signedHeaders,
  type ExampleCall,
  type ExampleEvent,
  type ExampleVariation,
} from "../example-events.ts";
import { isSuccess } from "../forward.ts";
import { sendRequest, type HttpAnswer, type HttpRequest } from "../http-request.ts";

/** How long the server waits for each event's answer (seed: webhooks overview; for the other two, its own deadline). */
export const DEADLINES_MS: Record<WebhookEventType, number> = {
  "assistant-request": 5_000,
  "tool-calls": 10_000,
  "status-update": 10_000,
  "end-of-call-report": 10_000,
};

const PLAIN_DEADLINE_MS = 10_000;
/** long enough for the first half to arrive */
const CUT_AFTER_MS = 200;

/** What checks are made of: example events, and sending them genuine or forged. */
export interface Kit {
  readonly secret: string;
  readonly previousSecret: string | undefined;
  /** of those that it is meant for, the ones whose first, plain event it has accepted so far */
  readonly accepted: readonly WebhookEventType[];
  /** the event that checks of signatures and transport are carried out with */
  readonly carrier: WebhookEventType;
  takes(type: WebhookEventType): boolean;
  nowSeconds(): number;
  newCall(): ExampleCall;
  event(type: WebhookEventType, call?: ExampleCall, variation?: ExampleVariation): ExampleEvent;
  /** Sends it as a delivery would be sent; the changes make it a forged or an odd one. */
  send(event: ExampleEvent, changes?: Changes): Promise<HttpAnswer>;
  /** Sends the beginning of it, and closes the connection. */
  sendHalf(event: ExampleEvent): Promise<void>;
  /** The first, genuine event of a type: sent once, however many checks ask what came of it. */
  first(type: WebhookEventType): Promise<{ event: ExampleEvent; answer: HttpAnswer }>;
  plain(request: Pick<HttpRequest, "method" | "headers" | "body">): Promise<HttpAnswer>;
  /** Nothing has listened there when the last request was sent, nor does it now. */
  isGone(): Promise<boolean>;
}

export interface Changes {
  secret?: string;
  /** the timestamp's distance from now; what is signed is signed for it */
  ageSeconds?: number;
  /** after signing; null: left out */
  headers?: Record<string, string | null>;
  /** after signing */
  body?: Buffer;
  pace?: HttpRequest["pace"];
  /** closes the connection when aborted */
  cut?: AbortSignal;
}

export function createKit(options: {
  url: string;
  secret: string;
  previousSecret: string | undefined;
  types: readonly WebhookEventType[];
  tool: ExampleCall["tool"];
  clock: Clock;
  newId: () => string;
  signal: AbortSignal;
}): Kit {
  const { url, clock, newId, types, signal } = options;
  const acceptedTypes = new Set<WebhookEventType>();
  let lastAnswer: HttpAnswer | undefined;
  const firsts = new Map<WebhookEventType, Promise<{ event: ExampleEvent; answer: HttpAnswer }>>();

  function event(type: WebhookEventType, call = newCall(), variation?: ExampleVariation): ExampleEvent {
    return exampleEvent(type, call, { eventId: newId(), at: clock.now() }, variation);
  }
  function newCall(): ExampleCall {
    return { ...exampleCall(newId()), tool: options.tool };
  }
  async function sendHalf(sent: ExampleEvent): Promise<void> {
    const cut = new AbortController();
    const cancelCut = clock.after(CUT_AFTER_MS, () => cut.abort());
    await send(sent, { pace: { parts: 2, pauseMs: DEADLINES_MS[sent.type] }, cut: cut.signal });
    cancelCut();
    // Until it has noticed: what comes at once may still be answered by a process that is about to end.
    await pause(clock, CUT_AFTER_MS, signal);
  }
  function send(sent: ExampleEvent, changes: Changes = {}): Promise<HttpAnswer> {
    const at = new Date(clock.now().getTime() - (changes.ageSeconds ?? 0) * 1_000);
    const headers: Record<string, string | null> = {
      ...signedHeaders(sent, changes.secret ?? options.secret, at),
      ...changes.headers,
    };
    return request({
      method: "POST",
      headers: Object.fromEntries(
        Object.entries(headers).filter((header): header is [string, string] => header[1] !== null),
      ),
      body: changes.body ?? sent.body,
      pace: changes.pace,
      deadlineMs: DEADLINES_MS[sent.type],
      signal: changes.cut ? AbortSignal.any([signal, changes.cut]) : signal,
    });
  }
  async function request(what: Omit<HttpRequest, "url" | "deadlineMs"> & { deadlineMs?: number }) {
    lastAnswer = await sendRequest(clock, { url, deadlineMs: PLAIN_DEADLINE_MS, signal, ...what });
    return lastAnswer;
  }
  const wasRefused = () => lastAnswer?.outcome === "failed" && lastAnswer.code === "ECONNREFUSED";
  return {
    secret: options.secret,
    previousSecret: options.previousSecret,
    get accepted() {
      return types.filter((type) => acceptedTypes.has(type));
    },
    get carrier() {
      return CARRIERS.find((type) => acceptedTypes.has(type)) ?? types[0]!;
    },
    takes: (type) => types.includes(type),
    nowSeconds: () => Math.floor(clock.now().getTime() / 1_000),
    newCall,
    event,
    send,
    sendHalf,
    first(type) {
      const sent = firsts.get(type) ?? sendFirst(type);
      firsts.set(type, sent);
      return sent;
    },
    plain: request,
    async isGone() {
      // Somebody may have started it again in the meantime.
      if (wasRefused()) await request({ method: "GET", headers: {} });
      return wasRefused();
    },
  };

  async function sendFirst(type: WebhookEventType) {
    const genuine = event(type);
    const answer = await send(genuine);
    if (isSuccess(answer)) acceptedTypes.add(type);
    return { event: genuine, answer };
  }
}

/** First what changes least at a receiver: nothing is configured, no tool is run. */
const CARRIERS: readonly WebhookEventType[] = [
  "status-update",
  "end-of-call-report",
  "assistant-request",
  "tool-calls",
];
