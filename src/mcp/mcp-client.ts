import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import type { ToolCallResult } from "../conversation/conversation.ts";
import { within, type Clock } from "../clock.ts";
import { toError } from "../errors.ts";

/** How to reach an MCP server; the headers are credentials. */
export interface McpTarget {
  url: string;
  transport: "streamable_http" | "sse";
  headers: Readonly<Record<string, string>>;
  /** for each request, tool calls included */
  timeoutMs: number;
}

export interface McpTool {
  name: string;
  description: string | null;
  inputSchema: Record<string, unknown>;
}

/** A server that has said hello. */
export interface McpConnection {
  /** every page of its tools */
  listTools(): Promise<McpTool[]>;
  /** Never rejects: what went wrong is told to the model. @param signal  aborted when the caller is gone */
  callTool(
    name: string,
    args: Record<string, unknown>,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<ToolCallResult>;
  close(): Promise<void>;
}

/** More pages than this are a server that never comes to an end. */
const MOST_PAGES = 50;

export interface McpClientOptions {
  /** through the dialer that vets addresses */
  fetch: typeof fetch;
  clock: Clock;
  version: string;
}

/** Connects, within the target's time. @throws with a line that names what happened, and no header */
export async function connectMcp(target: McpTarget, options: McpClientOptions): Promise<McpConnection> {
  const client = new Client({ name: "switchhook", version: options.version });
  const limits = { timeout: target.timeoutMs, maxTotalTimeout: target.timeoutMs };
  try {
    // The library's limits are for answers; opening a connection, or an event stream, may take for ever.
    await within(
      options.clock,
      target.timeoutMs,
      client.connect(transportOf(target, options.fetch), limits),
      () => {
        throw new Error(`no answer within ${target.timeoutMs / 1_000} s`);
      },
    );
  } catch (error) {
    await client.close().catch(() => undefined);
    throw explained(error);
  }
  return {
    async listTools() {
      const tools: McpTool[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES; page++) {
        const listed = await client
          .listTools(cursor === undefined ? {} : { cursor }, limits)
          .catch((error: unknown) => {
            throw explained(error);
          });
        tools.push(
          ...listed.tools.map((tool) => ({
            name: tool.name,
            description: tool.description ?? null,
            inputSchema: tool.inputSchema,
          })),
        );
        cursor = listed.nextCursor;
        if (cursor === undefined) return tools;
      }
      throw new Error(`the server's list of tools did not end after ${MOST_PAGES} pages`);
    },
    async callTool(name, args, timeoutMs, signal) {
      try {
        const answer = await client.callTool({ name, arguments: args }, undefined, {
          timeout: timeoutMs,
          maxTotalTimeout: timeoutMs,
          signal,
        });
        return readToolAnswer(answer as CallToolResult);
      } catch (error) {
        return { outcome: "error", error: `The tool failed: ${explained(error).message}` };
      }
    },
    close: () => client.close().catch(() => undefined),
  };
}

/** As much of an answer as a model should read. */
const MOST_ANSWER_CHARACTERS = 65_536;

/** What a tool said, as the model gets it: data where there is some, else its texts. Pictures are for nobody here. */
function readToolAnswer({ structuredContent, content, isError }: CallToolResult): ToolCallResult {
  const text = content
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join("\n")
    .slice(0, MOST_ANSWER_CHARACTERS);
  if (isError) return { outcome: "error", error: text || "The tool failed." };
  const isShort = structuredContent && JSON.stringify(structuredContent).length <= MOST_ANSWER_CHARACTERS;
  return { outcome: "result", result: isShort ? structuredContent : text };
}

function transportOf({ url, transport, headers }: McpTarget, send: typeof fetch): Transport {
  const requestInit = { headers: { ...headers } };
  const options = { requestInit, fetch: send };
  return transport === "sse"
    ? new SSEClientTransport(new URL(url), options)
    : new StreamableHTTPClientTransport(new URL(url), options);
}

const MOST_CHARACTERS = 300;

/** One line: the innermost cause says more than `fetch failed`. What an HTTP error brought as a body is not repeated. */
function explained(thrown: unknown): Error {
  // The library puts the status of an HTTP answer there, and the body into the message.
  const { code } = thrown as { code?: unknown };
  if (typeof code === "number" && code >= 300 && code <= 599) {
    return new Error(`the server answered ${code}`, { cause: thrown });
  }
  let error = toError(thrown);
  while (error.cause instanceof Error) error = error.cause;
  const [line = ""] =
    error.message.replaceAll(/\s+/g, " ").match(new RegExp(`^.{0,${MOST_CHARACTERS}}`)) ?? [];
  return new Error(line || error.name, { cause: thrown });
}
