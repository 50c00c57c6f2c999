import type { ServerResponse } from "node:http";
import { sign } from "../../src/webhooks/signature.ts";
import type { ApiRequest, ApiResponse, ContractApi } from "./contract-api.ts";

export const ACCOUNT_SECRET = "whsec_account";

/** The stream of a contract API, event by event as a test sends them. */
export interface EventStream {
  /** the requests that opened a stream, in order */
  opened: ApiRequest[];
  /** Resolves when the stream has been opened this many times. */
  waitForOpened(count: number): Promise<ApiRequest>;
  send(event: { id: string; type?: string; sequence?: number | null; body?: string; secret?: string }): void;
  raw(text: string): void;
  /** cuts the connection, as a proxy does, or a server that dies */
  cut(): void;
  /** what the next opening is answered with, instead of a stream */
  refuseNext: ApiResponse[];
}

export function addEventStream(api: ContractApi): EventStream {
  let current: ServerResponse | undefined;
  let waiters: (() => void)[] = [];
  const stream: EventStream = {
    opened: [],
    refuseNext: [],
    async waitForOpened(count) {
      while (stream.opened.length < count) await new Promise<void>((resolve) => waiters.push(resolve));
      return stream.opened[count - 1]!;
    },
    send({ id, type = "status-update", sequence = 1, body = BODY, secret = ACCOUNT_SECRET }) {
      const timestampSeconds = Math.floor(Date.now() / 1_000);
      const headers = {
        "Content-Type": "application/json",
        "X-Webhook-Event": type,
        "X-Webhook-Timestamp": String(timestampSeconds),
        "X-Webhook-Signature": sign(secret, timestampSeconds, Buffer.from(body)),
        "X-Webhook-Id": id,
        Host: "x.example",
        "Content-Length": "1",
      };
      const data = {
        id,
        type,
        call_id: "c0ffee00-0000-7000-8000-000000000001",
        sequence,
        created_at: "2026-11-24T12:00:00.123Z",
        headers,
        body,
      };
      stream.raw(`id: ${id}\nevent: webhook\ndata: ${JSON.stringify(data)}\n\n`);
    },
    raw: (text) => void current?.write(text),
    cut: () => current?.destroy(),
  };
  api.routes["GET /settings/webhook"] = () => ({
    body: { webhook: { url: null, secret: ACCOUNT_SECRET, events: null } },
  });
  api.routes["GET /webhook-events/stream"] = (request) => {
    const refusal = stream.refuseNext.shift();
    stream.opened.push(request);
    const wake = () => {
      const waiting = waiters;
      waiters = [];
      for (const waiter of waiting) waiter();
    };
    if (refusal) {
      wake();
      return refusal;
    }
    return (response) => {
      current = response;
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write(": welcome\n\n");
      wake();
    };
  };
  return stream;
}

/** in other bytes than JSON.stringify would write, and beyond ASCII */
export const BODY = '{ "message":{"type":"status-update","note":"caf\\u00e9 Zoë ☎"} }';
