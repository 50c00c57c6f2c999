import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const SECRET = "whsec_of_the_receiver";

export interface Answer {
  status: number;
  body?: unknown;
  /** sent as it is, instead of `body` */
  text?: string;
  headers?: Record<string, string>;
  afterMs?: number;
}

/** The parts of a receiver. A test replaces the one that it breaks; what throws answers 500. */
export interface ReceiverParts {
  readBody(request: IncomingMessage): Promise<Buffer>;
  isGenuine(headers: IncomingHttpHeaders, body: Buffer): boolean;
  /** to what is not genuine */
  refuse(response: ServerResponse): void;
  answer(message: any, headers: IncomingHttpHeaders): Answer;
  /** to anything but POST */
  otherMethod(): Answer;
  /** the body ended before its end */
  onLostConnection(stop: () => void): void;
}

export function hmac(
  secret: string,
  timestamp: string | string[] | undefined,
  body: Buffer | string,
): string {
  return `sha256=${createHmac("sha256", secret)
    .update(`${String(timestamp)}.`)
    .update(body)
    .digest("hex")}`;
}

export function isFresh(headers: IncomingHttpHeaders): boolean {
  return Math.abs(Date.now() / 1_000 - Number(headers["x-webhook-timestamp"])) <= 300;
}

export function isSame(given: string | string[] | undefined, expected: string): boolean {
  const [a, b] = [Buffer.from(String(given)), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A receiver with no fault. */
export const soundParts: ReceiverParts = {
  async readBody(request) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  },
  isGenuine: (headers, body) =>
    isFresh(headers) &&
    isSame(headers["x-webhook-signature"], hmac(SECRET, headers["x-webhook-timestamp"], body)),
  refuse: (response) => void response.writeHead(401).end(),
  answer(message) {
    if (message.type !== "tool-calls") return { status: 200, body: {} };
    const [call] = message.tool_call_list;
    return { status: 200, body: { results: [{ tool_call_id: call.id, result: "Ada" }] } };
  },
  otherMethod: () => ({ status: 405 }),
  onLostConnection: () => undefined,
};

export interface FaultyReceiver {
  url: string;
  firstRequest: Promise<void>;
  close(): Promise<void>;
}

/** Listens on loopback until closed, or until its own fault ends it. */
export async function startReceiver(parts: ReceiverParts): Promise<FaultyReceiver> {
  const first = Promise.withResolvers<void>();
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => {
    receive(request, response).catch(() => {
      if (request.readableAborted) parts.onLostConnection(stop);
      else if (!response.headersSent) response.writeHead(500).end();
    });
  });
  const stop = () => {
    for (const timer of timers) clearTimeout(timer);
    server.close();
    server.closeAllConnections();
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    first.resolve();
    if (request.method !== "POST") return send(response, parts.otherMethod());
    const body = await parts.readBody(request);
    if (!parts.isGenuine(request.headers, body)) return parts.refuse(response);
    send(response, parts.answer(JSON.parse(body.toString()).message, request.headers));
  }
  function send(response: ServerResponse, { status, body, text, headers, afterMs }: Answer): void {
    const finish = () => response.writeHead(status, headers).end(text ?? JSON.stringify(body ?? {}));
    if (afterMs === undefined) finish();
    else timers.add(setTimeout(finish, afterMs));
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    firstRequest: first.promise,
    close: () =>
      new Promise((resolve) => {
        server.once("close", resolve);
        if (server.listening) stop();
        else resolve();
      }),
  };
}
