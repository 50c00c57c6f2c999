import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a fake model answers, or how it fails. */
export type Answer =
  | { type: "say"; text: string }
  | { type: "tool"; name: string; arguments: Record<string, unknown>; say?: string }
  | { type: "transcript"; text: string }
  | { type: "audio"; durationMs: number }
  | { type: "status"; status: number }
  /** accepts the request and never answers */
  | { type: "hang" }
  /** answers with headers, and a first part if given, and then nothing any more */
  | { type: "stall"; text?: string }
  /** drops the connection */
  | { type: "drop" }
  /** answers with headers, and then a byte a second for ever */
  | { type: "drip"; text?: string }
  /** answers 200 with something else than what was asked for */
  | { type: "malformed"; text?: string }
  /** drops the connection in the middle of a good answer */
  | { type: "cut"; text?: string }
  /** a good answer without anything in it */
  | { type: "empty" }
  /** a good answer that comes late */
  | { type: "late"; afterMs: number; answer: Answer };

export interface OpenAiRequest {
  path: string;
  authorization: string | undefined;
  /** parsed JSON, or the raw bytes of a form */
  body: Record<string, unknown>;
  bytes: Buffer;
}

export interface OpenAiServer {
  /** as OPENAI_BASE_URL */
  baseUrl: string;
  requests: OpenAiRequest[];
  /** Answers by path, in order; the last one is repeated. */
  chat: Answer[];
  transcriptions: Answer[];
  speech: Answer[];
  /** requests that have come and are not over: neither answered to their end nor given up by the client */
  readonly openRequests: number;
  /** From now on connections are refused, and the open ones are gone. */
  refuse(): void;
  stop(): Promise<void>;
}

const SPEECH_RATE_HZ = 24_000;

/** A server of the OpenAI protocol on loopback: chat completions, transcriptions, speech. Real HTTP, scripted answers. */
export async function startOpenAiServer(): Promise<OpenAiServer> {
  const http = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  let openRequests = 0;
  const timers = new Set<NodeJS.Timeout>();
  const server: OpenAiServer = {
    get openRequests() {
      return openRequests;
    },
    refuse() {
      http.close();
      http.closeAllConnections();
    },
    baseUrl: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    requests: [],
    chat: [],
    transcriptions: [],
    speech: [],
    stop() {
      for (const timer of timers) clearInterval(timer);
      http.closeAllConnections();
      return new Promise((resolve) => http.close(() => resolve()));
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    openRequests++;
    response.once("close", () => openRequests--);
    const parts: Buffer[] = [];
    try {
      for await (const part of request) parts.push(part as Buffer);
    } catch {
      // Given up in the middle of the upload.
      return;
    }
    const bytes = Buffer.concat(parts);
    const isJson = request.headers["content-type"]?.includes("json");
    const path = request.url ?? "";
    if (path.endsWith("/models")) {
      response.writeHead(200, { "content-type": "application/json" }).end('{"object":"list","data":[]}');
      return;
    }
    server.requests.push({
      path,
      authorization: request.headers.authorization,
      body: isJson ? (JSON.parse(bytes.toString()) as Record<string, unknown>) : {},
      bytes,
    });
    const answers = path.endsWith("/chat/completions")
      ? server.chat
      : path.endsWith("/audio/transcriptions")
        ? server.transcriptions
        : server.speech;
    const answer = answers.length > 1 ? answers.shift()! : (answers[0] ?? { type: "status", status: 404 });
    reply(answer, response, server.requests.at(-1)!, timers);
  }
  return server;
}

/** The head of a good answer, and its beginning where one is given. */
function begin(response: ServerResponse, request: OpenAiRequest, text: string | undefined): void {
  const kind = request.path.endsWith("/speech")
    ? "audio/pcm"
    : request.path.endsWith("/transcriptions")
      ? "application/json"
      : "text/event-stream";
  response.writeHead(200, { "content-type": kind }).flushHeaders();
  if (text && kind === "text/event-stream") response.write(chunk({ content: text }));
  if (text && kind === "audio/pcm") response.write(voiceLike(300));
}

function reply(
  answer: Answer,
  response: ServerResponse,
  request: OpenAiRequest,
  timers: Set<NodeJS.Timeout>,
): void {
  switch (answer.type) {
    case "late":
      timers.add(setTimeout(() => reply(answer.answer, response, request, timers), answer.afterMs));
      return;
    case "drip": {
      begin(response, request, answer.text);
      const timer = setInterval(() => response.write(" "), 1_000);
      timers.add(timer);
      response.once("close", () => clearInterval(timer));
      return;
    }
    case "cut":
      begin(response, request, answer.text);
      setTimeout(() => response.destroy(), 20);
      return;
    case "malformed":
      if (answer.text) {
        begin(response, request, answer.text);
        response.end("data: {not json\n\n");
      } else
        response.writeHead(200, { "content-type": "text/html" }).end("<html><body>Bad gateway</body></html>");
      return;
    case "empty":
      if (request.path.endsWith("/transcriptions"))
        reply({ type: "transcript", text: "" }, response, request, timers);
      else if (request.path.endsWith("/speech"))
        response.writeHead(200, { "content-type": "audio/pcm" }).end();
      else
        response
          .writeHead(200, { "content-type": "text/event-stream" })
          .end(`${chunk({}, "stop")}data: [DONE]\n\n`);
      return;
    case "status":
      response
        .writeHead(answer.status, { "content-type": "application/json" })
        .end(JSON.stringify({ error: { message: `status ${answer.status}`, type: "test" } }));
      return;
    case "hang":
      return;
    case "drop":
      response.destroy();
      return;
    case "stall":
      begin(response, request, answer.text);
      return;
    case "transcript":
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ text: answer.text }));
      return;
    case "audio":
      response.writeHead(200, { "content-type": "audio/pcm" }).end(voiceLike(answer.durationMs));
      return;
    case "say":
      if (request.body["stream"] !== true) {
        response
          .writeHead(200, { "content-type": "application/json" })
          .end(JSON.stringify({ choices: [{ message: { role: "assistant", content: answer.text } }] }));
        return;
      }
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const word of answer.text.split(/(?<= )/)) response.write(chunk({ content: word }));
      response.end(`${chunk({}, "stop")}data: [DONE]\n\n`);
      return;
    case "tool":
      response.writeHead(200, { "content-type": "text/event-stream" });
      if (answer.say) response.write(chunk({ content: answer.say }));
      response.write(
        chunk({
          tool_calls: [
            {
              index: 0,
              id: "call_0",
              type: "function",
              function: { name: answer.name, arguments: JSON.stringify(answer.arguments) },
            },
          ],
        }),
      );
      response.end(`${chunk({}, "tool_calls")}data: [DONE]\n\n`);
  }
}

function chunk(delta: object, finishReason: string | null = null): string {
  const body = {
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    model: "test",
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  };
  return `data: ${JSON.stringify(body)}\n\n`;
}

/** 440 Hz at 24 kHz, 16 bit: loud enough to be heard as "the assistant speaks". */
function voiceLike(durationMs: number): Buffer {
  const samples = new Int16Array((SPEECH_RATE_HZ * durationMs) / 1_000);
  for (let at = 0; at < samples.length; at++) {
    samples[at] = 8_000 * Math.sin((2 * Math.PI * 440 * at) / SPEECH_RATE_HZ);
  }
  return Buffer.from(samples.buffer);
}
