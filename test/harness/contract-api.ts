import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const KEY = "fl_contract_0123456789";

export interface ApiRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: any;
}

/** An answer of the API: status and JSON, or what a route does with the connection by itself. */
export type ApiResponse = { status?: number; body: unknown } | ((response: ServerResponse) => void);

/**
 * A server of the API's contract on loopback, as far as a test scripts it: it checks the key, answers what it was
 * told to, in the contract's shapes, and remembers what it was asked.
 */
export interface ContractApi {
  url: string;
  requests: ApiRequest[];
  /** by method and path, such as `GET /webhook-events`; what is not there answers 404 */
  routes: Record<string, (request: ApiRequest) => ApiResponse>;
  environment: Record<string, string>;
  close(): Promise<void>;
}

export async function createContractApi(): Promise<ContractApi> {
  const server = createServer((request, response) => void receive(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const api: ContractApi = {
    url,
    requests: [],
    routes: {},
    environment: { SWITCHHOOK_URL: url, SWITCHHOOK_API_KEY: KEY },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  async function receive(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { pathname, searchParams } = new URL(incoming.url ?? "", url);
    const request: ApiRequest = {
      method: incoming.method ?? "",
      path: pathname.replace(/^\/api\/v1/, ""),
      query: Object.fromEntries(searchParams),
      headers: incoming.headers as Record<string, string>,
      body: text === "" ? undefined : JSON.parse(text),
    };
    api.requests.push(request);
    const answer = answerTo(request);
    if (typeof answer === "function") return answer(response);
    response
      .writeHead(answer.status ?? 200, {
        "Content-Type": "application/json",
        "X-Request-Id": "req-1",
        Connection: "close",
      })
      .end(JSON.stringify(answer.body));
  }

  function answerTo(request: ApiRequest): ApiResponse {
    if (request.headers["authorization"] !== `Bearer ${KEY}`) {
      return { status: 401, body: { error: "Unauthorized", message: "The API key is not known" } };
    }
    const route = api.routes[`${request.method} ${request.path}`];
    return route?.(request) ?? { status: 404, body: { error: "Webhook event not found" } };
  }
  return api;
}

/** An event as the contract shows it. */
export function wireEvent(id: string, more: object = {}): Record<string, unknown> {
  return {
    id,
    type: "status-update",
    call_id: "c0ffee00-0000-7000-8000-000000000001",
    sequence: 1,
    created_at: "2026-11-24T12:00:00.123Z",
    is_synchronous: false,
    routing: "routed",
    reason: null,
    state: "delivered",
    attempt_count: 1,
    next_attempt_at: null,
    endpoint: { id: "end-1", url: "https://x.example/hook", level: "account" },
    ...more,
  };
}

export function wireAttempt(more: object = {}): Record<string, unknown> {
  return {
    id: "att-1",
    number: 1,
    started_at: "2026-11-24T12:00:00.500Z",
    url: "https://x.example/hook",
    outcome: "delivered",
    status_code: 200,
    error: null,
    fault: null,
    timings: { dns_ms: 1, connect_ms: 2, tls_ms: null, first_byte_ms: 12, total_ms: 15 },
    connection: "cold",
    remote_address: "203.0.113.7:443",
    request_headers: { "X-Webhook-Event": "status-update" },
    response_headers: { "content-type": "text/plain" },
    response_body: "ok",
    curl: "curl -X POST 'https://x.example/hook'",
    ...more,
  };
}
