import type { IncomingMessage } from "node:http";
import type { Clock } from "../clock.ts";
import { formatQuery, refusal, unreachable, type Query } from "./api-client.ts";
import { pause } from "./command-context.ts";
import { CommandError } from "./command-error.ts";
import type { Connection } from "./connection.ts";
import { explainNetworkError, openRequest } from "./http-request.ts";
import { formatDuration } from "./moment.ts";
import { reconnectDelayMs } from "./reconnect-delay.ts";
import { createSseParser, type SseMessage } from "./sse-parser.ts";

/** An event as the stream brings it: signed as a delivery of this moment would be. */
export interface StreamedEvent {
  id: string;
  type: string;
  callId: string;
  sequence: number | null;
  createdAt: Date;
  headers: Record<string, string>;
  body: Buffer;
}

const PATH = "/webhook-events/stream";
const HEAD_WITHIN_MS = 15_000;
/** the server writes a comment every 15 s: after three of them are missing, nobody is there any more */
const SILENCE_MS = 45_000;
const MAX_REFUSAL_BYTES = 65_536;

/**
 * The events of `GET /webhook-events/stream`, for as long as the signal is not aborted.
 *
 *   connecting ── 2xx ──▶ open ── end, error, silence ──▶ waiting ── delay ──▶ connecting
 *       └─ refused (4xx), or not reachable at the very first try: throws
 *
 * Resumes with Last-Event-ID after the last event that was yielded. Before the first one it resumes from the moment
 * the first connection was opened (by the server's clock), so that a drop in a quiet hour loses nothing either.
 * @throws CommandError
 */
export async function* followEvents(options: {
  connection: Connection;
  clock: Clock;
  random: () => number;
  signal: AbortSignal;
  query: Query;
  notice: (text: string) => void;
  connected: () => void;
}): AsyncGenerator<StreamedEvent> {
  const { connection, clock, signal, notice } = options;
  let query = options.query;
  let lastId: string | undefined;
  let failures = 0;
  let retryMs: number | undefined;
  let hasBeenOpen = false;

  while (!signal.aborted) {
    const opened = await open(connection, clock, signal, query, lastId);
    if (signal.aborted) return;
    if (opened.outcome === "refused") throw opened.error;
    let lost: string;
    if (opened.outcome === "open") {
      if (hasBeenOpen) notice("connected again");
      else options.connected();
      hasBeenOpen = true;
      query = { ...query, since: query["since"] ?? opened.at };
      const parser = createSseParser();
      const text = readText(opened.response, clock, signal);
      lost = "the stream ended";
      try {
        for await (const piece of text) {
          // Comments count too: a server that only keeps the line open is well.
          failures = 0;
          for (const message of parser.push(piece)) {
            const event = toEvent(message, notice);
            if (event) yield event;
            lastId = message.id || lastId;
          }
        }
      } catch (thrown) {
        const { code, error } = explainNetworkError(thrown);
        lost = code === "ECONNRESET" ? "it was cut" : error;
      }
      retryMs = parser.retryMs() ?? retryMs;
    } else {
      lost = opened.error;
      if (!hasBeenOpen && opened.outcome === "unreachable") throw unreachable(connection, lost);
    }
    if (signal.aborted) return;
    failures++;
    const delayMs = reconnectDelayMs(failures, options.random(), retryMs);
    notice(`connection lost (${lost}); trying again in ${formatDuration(delayMs)}`);
    await pause(clock, delayMs, signal);
  }
}

type Opened =
  | { outcome: "open"; response: IncomingMessage; at: string }
  /** will not get better by waiting */
  | { outcome: "refused"; error: CommandError }
  /** the server is there and has a bad moment: 429, 5xx */
  | { outcome: "unwell"; error: string }
  | { outcome: "unreachable"; error: string };

async function open(
  connection: Connection,
  clock: Clock,
  signal: AbortSignal,
  query: Query,
  lastId: string | undefined,
): Promise<Opened> {
  const late = new AbortController();
  const cancelDeadline = clock.after(HEAD_WITHIN_MS, () => late.abort());
  try {
    const response = await openRequest(
      clock,
      {
        url: `${connection.apiUrl}${PATH}${formatQuery({ ...query, since: lastId ? undefined : query["since"] })}`,
        method: "GET",
        headers: {
          Accept: "text/event-stream",
          Authorization: `Bearer ${connection.apiKey}`,
          ...(lastId !== undefined && { "Last-Event-ID": lastId }),
        },
      },
      AbortSignal.any([signal, late.signal]),
    );
    const { statusCode: status = 0, headers } = response;
    if (status === 429 || status >= 500) {
      response.destroy();
      return { outcome: "unwell", error: `the server answered ${status}` };
    }
    if (status !== 200) {
      return { outcome: "refused", error: refusal(connection, status, headers, await readRefusal(response)) };
    }
    if (!headers["content-type"]?.startsWith("text/event-stream")) {
      response.destroy();
      const error = new CommandError(
        `What answers at ${connection.apiUrl} has no stream of webhook events.`,
        {
          hint: "Check --url or SWITCHHOOK_URL.",
        },
      );
      return { outcome: "refused", error };
    }
    const date = new Date(headers.date ?? "");
    const at = Number.isNaN(date.getTime()) ? clock.now() : date;
    return { outcome: "open", response, at: at.toISOString() };
  } catch (thrown) {
    const why = late.signal.aborted
      ? `no answer within ${HEAD_WITHIN_MS / 1_000} s`
      : explainNetworkError(thrown).error;
    return { outcome: "unreachable", error: why };
  } finally {
    cancelDeadline();
  }
}

async function readRefusal(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    if ((sizeBytes += chunk.length) > MAX_REFUSAL_BYTES) break;
  }
  return Buffer.concat(chunks);
}

/** The stream's text as it comes. Ends quietly when aborted; throws when nothing has come for too long. */
async function* readText(
  response: IncomingMessage,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let isSilent = false;
  // Only while waiting for the network: a receiver that takes its time is no silence of the server's.
  const watch = () =>
    clock.after(SILENCE_MS, () => {
      isSilent = true;
      response.destroy();
    });
  let cancel = watch();
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      cancel();
      yield decoder.decode(chunk, { stream: true });
      cancel = watch();
    }
  } catch (thrown) {
    if (!isSilent && !signal.aborted) throw thrown;
  } finally {
    cancel();
    response.destroy();
  }
  if (isSilent) throw new Error(`nothing came for ${SILENCE_MS / 1_000} s`);
}

/** Fails open: what cannot be read as an event is named and left out, and the stream goes on. */
function toEvent(message: SseMessage, notice: (text: string) => void): StreamedEvent | undefined {
  if (message.event !== "webhook") return undefined;
  try {
    const { id, type, call_id, sequence, created_at, headers, body } = JSON.parse(message.data) as Record<
      string,
      unknown
    >;
    const createdAt = new Date(String(created_at));
    const isEvent = typeof id === "string" && typeof type === "string" && typeof body === "string";
    if (isEvent && !Number.isNaN(createdAt.getTime())) {
      return {
        id,
        type,
        callId: String(call_id),
        sequence: typeof sequence === "number" ? sequence : null,
        createdAt,
        headers: Object.fromEntries(
          Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]),
        ),
        body: Buffer.from(body),
      };
    }
  } catch {
    // Told below, like every other message that is no event.
  }
  notice(`a message of the stream could not be read and was left out (id ${message.id})`);
  return undefined;
}
