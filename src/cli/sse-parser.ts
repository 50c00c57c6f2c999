/** One message of a stream of Server-Sent Events (WHATWG HTML, section 9.2). */
export interface SseMessage {
  /** the last id that the stream has named; "" before the first */
  id: string;
  event: string;
  data: string;
}

export interface SseParser {
  /** @returns the messages that are complete now; what is left waits for the next piece */
  push(text: string): SseMessage[];
  /** what the stream asked clients to wait before they connect again */
  retryMs(): number | undefined;
}

/**
 * Pure: text in, messages out, however the network has cut it. A message that the end of the stream cuts off is
 * dropped with its id, so that resuming brings it again.
 */
export function createSseParser(): SseParser {
  let rest = "";
  let isFirst = true;
  let retryMs: number | undefined;
  let lastId = "";
  let pending = { id: undefined as string | undefined, event: "", data: [] as string[] };

  function readLine(line: string): SseMessage | undefined {
    if (line === "") return dispatch();
    const colon = line.indexOf(":");
    // A line that begins with a colon is a comment: the server keeps the connection open with it.
    if (colon === 0) return undefined;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") pending.event = value;
    else if (field === "data") pending.data.push(value);
    else if (field === "id" && !value.includes("\u0000")) pending.id = value;
    else if (field === "retry" && /^\d+$/.test(value)) retryMs = Number(value);
    return undefined;
  }

  function dispatch(): SseMessage | undefined {
    const { id, event, data } = pending;
    pending = { id: undefined, event: "", data: [] };
    if (id !== undefined) lastId = id;
    return data.length === 0 ? undefined : { id: lastId, event: event || "message", data: data.join("\n") };
  }

  return {
    push(text) {
      rest += text;
      if (isFirst && rest !== "") {
        rest = rest.replace(/^\uFEFF/, "");
        isFirst = false;
      }
      const messages: SseMessage[] = [];
      for (;;) {
        // A lone CR at the end may be the first half of CRLF: wait for what follows.
        const end = /\r\n|\n|\r(?!$)/.exec(rest);
        if (!end) return messages;
        const line = rest.slice(0, end.index);
        rest = rest.slice(end.index + end[0].length);
        const message = readLine(line);
        if (message) messages.push(message);
      }
    },
    retryMs: () => retryMs,
  };
}
