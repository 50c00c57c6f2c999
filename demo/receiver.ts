import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { verifySignature } from "../src/webhooks/signature.ts";

export interface ReceivedEvent {
  type: string;
  sequence: number | undefined;
  status: string;
  isGenuine: boolean;
  message: Record<string, unknown>;
}

/** The customer's side: checks every signature and answers the two events that want an answer. */
export interface DemoReceiver {
  url: string;
  received: ReceivedEvent[];
  close(): Promise<void>;
}

export async function startDemoReceiver(
  secret: string,
  onEvent: (event: ReceivedEvent) => void,
): Promise<DemoReceiver> {
  const received: ReceivedEvent[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const verdict = verifySignature({
        secret,
        timestamp: String(request.headers["x-webhook-timestamp"]),
        signature: String(request.headers["x-webhook-signature"]),
        body,
        nowSeconds: Date.now() / 1_000,
      });
      const { message } = JSON.parse(body.toString()) as { message: Record<string, unknown> };
      const event: ReceivedEvent = {
        type: String(message["type"]),
        sequence: message["sequence"] as number | undefined,
        status: (message["call"] as { status: string }).status,
        isGenuine: verdict === "genuine",
        message,
      };
      received.push(event);
      onEvent(event);
      response.writeHead(event.isGenuine ? 200 : 401, { "content-type": "application/json" });
      response.end(JSON.stringify(event.isGenuine ? answer(event) : {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function answer({ type, message }: ReceivedEvent): unknown {
  if (type === "assistant-request") {
    // Personal: the caller is known by number, and what is known comes back in every later event.
    return {
      assistant: {
        first_message: "Hello Ada, this is the flower shop. How can I help?",
        metadata: { customer_id: 7 },
      },
    };
  }
  if (type === "tool-calls") {
    const calls = message["tool_call_list"] as { id: string }[];
    return {
      results: calls.map(({ id }) => ({
        tool_call_id: id,
        result: { opens: "9:00", closes: "half past five" },
      })),
    };
  }
  return {};
}
