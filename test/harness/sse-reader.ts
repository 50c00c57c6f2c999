import { createSseParser } from "../../src/cli/sse-parser.ts";

export interface SseEvent {
  id: string;
  event: string;
  /** tests read what they expect, and fail where it is not */
  data: any;
}

/** A stream of server-sent events, read as it comes. */
export interface SseReader {
  /** the next one; undefined: the server has ended the stream */
  next(): Promise<SseEvent | undefined>;
  /** up to the one that is looked for, that included */
  until(isIt: (event: SseEvent) => boolean): Promise<SseEvent[]>;
  close(): Promise<void>;
}

export async function readSse(url: string, headers: Record<string, string>): Promise<SseReader> {
  const stopping = new AbortController();
  const response = await fetch(url, { headers, signal: stopping.signal });
  if (!response.headers.get("content-type")?.startsWith("text/event-stream") || !response.body) {
    throw new Error(`${url} answered ${response.status} ${await response.text()}`);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const parser = createSseParser();
  const ready: SseEvent[] = [];

  async function next(): Promise<SseEvent | undefined> {
    while (ready.length === 0) {
      const { done, value } = await reader.read();
      if (done) return undefined;
      for (const { id, event, data } of parser.push(value)) ready.push({ id, event, data: JSON.parse(data) });
    }
    return ready.shift();
  }

  return {
    next,
    async until(isIt) {
      const seen: SseEvent[] = [];
      for (;;) {
        const event = await next();
        if (!event) throw new Error(`the stream ended after ${JSON.stringify(seen)}`);
        seen.push(event);
        if (isIt(event)) return seen;
      }
    },
    async close() {
      stopping.abort();
      await reader.cancel().catch(() => undefined);
    },
  };
}
