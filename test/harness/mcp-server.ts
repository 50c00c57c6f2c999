import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { z } from "zod";

/** An MCP server as others run it, by the official library, over real HTTP, stateless. */
export interface TestMcpServer {
  readonly url: string;
  /** headers of every request that came */
  readonly seen: IncomingMessage["headers"][];
  /** what to do instead of answering */
  misbehave: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  close(): Promise<void>;
}

/** @param token  asked for as `Authorization: Bearer …` */
export async function startMcpServer(token?: string): Promise<TestMcpServer> {
  const seen: IncomingMessage["headers"][] = [];
  let self: TestMcpServer;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    seen.push(request.headers);
    if (self.misbehave) return self.misbehave(request, response);
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end("no");
      return undefined;
    }
    if (request.method !== "POST") {
      response.writeHead(405).end();
      return undefined;
    }
    const server = new McpServer({ name: "shop", version: "1.0.0" });
    server.registerTool(
      "find_order",
      { description: "Finds an order", inputSchema: { number: z.string() } },
      ({ number }) => ({ content: [{ type: "text", text: `Order ${number} is on its way.` }] }),
    );
    server.registerTool("cancel_order", { description: "Cancels an order" }, () => ({
      isError: true,
      content: [{ type: "text", text: "It has left already." }],
    }));
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    response.on("close", () => void transport.close());
    await server.connect(transport);
    await transport.handleRequest(request, response);
    return undefined;
  }

  const http = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;
  self = {
    url: `http://127.0.0.1:${port}/mcp`,
    seen,
    misbehave: undefined,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return self;
}
