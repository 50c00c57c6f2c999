import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ReceivedRequest {
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  message: Record<string, unknown>;
  atMs: number;
}

/** How the receiver treats one request. */
export type Behaviour =
  | { answer: unknown; status?: number; headers?: Record<string, string>; afterMs?: number }
  | "stall-before-headers"
  | "stall-in-body"
  /** one byte a second, for ever */
  | "drip"
  | "reset-in-body"
  | { raw: string; status?: number };

/** A webhook receiver on loopback that remembers what it got and behaves as told. */
export interface Receiver {
  url: string;
  requests: ReceivedRequest[];
  /** decides by request; the default answers 200 `{}` */
  behave: (request: ReceivedRequest) => Behaviour;
  /** Resolves when `count` requests that match have arrived. */
  waitFor(count: number, matches?: (request: ReceivedRequest) => boolean): Promise<ReceivedRequest[]>;
  close(): Promise<void>;
}

/** Which requests are of this type. */
export const ofType =
  (type: string) =>
  ({ message }: ReceivedRequest): boolean =>
    message["type"] === type;

export async function createReceiver(): Promise<Receiver> {
  const waiters = new Set<() => void>();
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => void receive(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    requests: [],
    behave: () => ({ answer: {} }),
    waitFor(count, matches = () => true) {
      return new Promise((resolve) => {
        const check = () => {
          const found = receiver.requests.filter(matches);
          if (found.length < count) return;
          waiters.delete(check);
          resolve(found);
        };
        waiters.add(check);
        check();
      });
    },
    close: () =>
      new Promise((resolve) => {
        for (const timer of timers) clearInterval(timer);
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { message } = JSON.parse(body.toString()) as { message: Record<string, unknown> };
    const received = {
      path: request.url ?? "",
      headers: request.headers,
      body,
      message,
      atMs: performance.now(),
    };
    receiver.requests.push(received);
    answer(response, receiver.behave(received));
    for (const waiter of waiters) waiter();
  }

  function answer(response: ServerResponse, behaviour: Behaviour): void {
    switch (behaviour) {
      case "stall-before-headers":
        return;
      case "stall-in-body":
        response.writeHead(200, { "content-length": "100" }).write("{");
        return;
      case "drip": {
        response.writeHead(200).write("{");
        timers.add(setInterval(() => response.write(" "), 1_000));
        return;
      }
      case "reset-in-body":
        response.writeHead(200, { "content-length": "100" }).write("{");
        setImmediate(() => response.socket?.resetAndDestroy());
        return;
      default: {
        const text = "raw" in behaviour ? behaviour.raw : JSON.stringify(behaviour.answer);
        const send = () =>
          response
            .writeHead(behaviour.status ?? 200, "headers" in behaviour ? behaviour.headers : {})
            .end(text);
        if ("afterMs" in behaviour && behaviour.afterMs) timers.add(setTimeout(send, behaviour.afterMs));
        else send();
      }
    }
  }
  return receiver;
}
