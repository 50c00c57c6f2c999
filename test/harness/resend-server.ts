import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { newId } from "../../src/ids.ts";

export const RESEND_KEY = "re_test_0123456789";

export interface ResendRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: any;
}

interface ResendDomain {
  id: string;
  name: string;
  status: string;
  region: string;
  created_at: string;
  records: object[];
}

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** A server that speaks Resend's protocol on loopback: e-mails and domains, its errors, its list in pages. */
export interface ResendServer {
  url: string;
  requests: ResendRequest[];
  domains: ResendDomain[];
  /** by idempotency key: what is sent, once each */
  sent: Map<string, any>;
  /** an answer instead of the usual one */
  fail: (
    request: ResendRequest,
  ) => { status: number; body: unknown; headers?: Record<string, string> } | "hang" | undefined;
  addDomain(name: string, status?: string): ResendDomain;
  close(): Promise<void>;
}

export async function createResendServer(): Promise<ResendServer> {
  const server = createServer((request, response) => void receive(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const resend: ResendServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    domains: [],
    sent: new Map(),
    fail: () => undefined,
    addDomain(name, status = "not_started") {
      const domain = {
        id: newId(),
        name,
        status,
        region: "eu-west-1",
        created_at: "2026-11-24 04:00:00.000000+00",
        records: [
          {
            record: "SPF",
            name: "send",
            type: "MX",
            ttl: "Auto",
            status,
            value: "feedback-smtp.eu-west-1.amazonses.com",
            priority: 10,
          },
          { record: "DKIM", name: "resend._domainkey", type: "TXT", ttl: "Auto", status, value: "p=MIGf" },
        ],
      };
      resend.domains.push(domain);
      return domain;
    },
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
    const request: ResendRequest = {
      method: incoming.method ?? "",
      path: incoming.url ?? "",
      headers: incoming.headers as Record<string, string>,
      body: text === "" ? undefined : JSON.parse(text),
    };
    resend.requests.push(request);
    const answer = resend.fail(request) ?? answerTo(request);
    if (answer === "hang") return;
    response
      .writeHead(answer.status, {
        "content-type": "application/json",
        ...answer.headers,
      })
      .end(JSON.stringify(answer.body));
  }

  function answerTo({ method, path, headers, body }: ResendRequest): Answer {
    if (headers["authorization"] !== `Bearer ${RESEND_KEY}`)
      return refusal(401, "validation_error", "API key is invalid");
    const [resource, id, action] = path.replace(/\?.*/, "").split("/").slice(1);
    if (method === "POST" && resource === "emails") {
      const key = headers["idempotency-key"]!;
      resend.sent.set(key, body);
      return { status: 200, body: { id: newId() } };
    }
    if (resource !== "domains") return refusal(404, "not_found", "The requested endpoint does not exist");
    if (id === undefined) return method === "POST" ? create(body) : list(path);
    const domain = resend.domains.find((candidate) => candidate.id === id);
    if (!domain) return refusal(404, "not_found", "Domain not found");
    if (method === "DELETE") {
      resend.domains = resend.domains.filter((candidate) => candidate !== domain);
      return { status: 200, body: { object: "domain", id, deleted: true } };
    }
    if (action === "verify") {
      domain.status = "pending";
      return { status: 200, body: { object: "domain", id } };
    }
    return { status: 200, body: { object: "domain", ...domain } };
  }

  function create(body: { name: string; region: string }): Answer {
    if (resend.domains.some(({ name }) => name === body.name)) {
      return refusal(403, "validation_error", "The domain has been registered already");
    }
    return { status: 201, body: { ...resend.addDomain(body.name), region: body.region } };
  }

  /** Two a page, so that whoever reads one page only is found out. */
  function list(path: string): Answer {
    const after = new URL(path, resend.url).searchParams.get("after");
    const start = after === null ? 0 : resend.domains.findIndex(({ id }) => id === after) + 1;
    const page = resend.domains.slice(start, start + 2).map(({ records: _records, ...domain }) => domain);
    return { status: 200, body: { object: "list", has_more: start + 2 < resend.domains.length, data: page } };
  }
  return resend;
}

function refusal(statusCode: number, name: string, message: string): Answer {
  return { status: statusCode, body: { statusCode, name, message } };
}
