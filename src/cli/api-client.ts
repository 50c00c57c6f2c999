import type { IncomingHttpHeaders } from "node:http";
import type { Clock } from "../clock.ts";
import type { CommandContext } from "./command-context.ts";
import { CommandError } from "./command-error.ts";
import { connect, type Connection, type ConnectionOptions } from "./connection.ts";
import { EXIT } from "./exit-codes.ts";
import { sendRequest } from "./http-request.ts";

/** The server's own test request may wait ten seconds for a receiver. */
const DEADLINE_MS = 30_000;

/** An answer of the API as it came; commands read from it what the contract says is there. */
export type ApiAnswer = Record<string, unknown>;

export interface ApiClient {
  readonly connection: Connection;
  /** @throws CommandError whatever is not a 2xx */
  get(path: string, query?: Query): Promise<ApiAnswer>;
  post(path: string, body?: object): Promise<ApiAnswer>;
  patch(path: string, body: object): Promise<ApiAnswer>;
  delete(path: string, query?: Query): Promise<ApiAnswer>;
}

/** what is undefined is left out */
export type Query = Record<string, string | number | undefined>;

/** For the options of a command. @param instead  as in `connect`. @throws CommandError without a key */
export function apiOf(
  { clock, environment }: CommandContext,
  options: ConnectionOptions,
  instead?: string,
): ApiClient {
  return createApiClient(clock, connect(options, environment, instead));
}

export function createApiClient(clock: Clock, connection: Connection): ApiClient {
  async function call(method: string, path: string, body?: object): Promise<ApiAnswer> {
    const answer = await sendRequest(clock, {
      url: `${connection.apiUrl}${path}`,
      method,
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        Authorization: `Bearer ${connection.apiKey}`,
      },
      body: body && Buffer.from(JSON.stringify(body)),
      deadlineMs: DEADLINE_MS,
    });
    switch (answer.outcome) {
      case "answered":
        if (answer.status < 200 || answer.status > 299)
          throw refusal(connection, answer.status, answer.headers, answer.body);
        return parseAnswer(connection, answer.body);
      case "timeout":
        throw unreachable(connection, `no answer within ${DEADLINE_MS / 1_000} s`);
      case "aborted":
        throw unreachable(connection, "interrupted");
      case "failed":
        throw unreachable(connection, answer.error);
    }
  }
  return {
    connection,
    get: (path, query = {}) => call("GET", `${path}${formatQuery(query)}`),
    post: (path, body = {}) => call("POST", path, body),
    patch: (path, body) => call("PATCH", path, body),
    delete: (path, query = {}) => call("DELETE", `${path}${formatQuery(query)}`),
  };
}

export function formatQuery(query: Query): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
  return given.size === 0 ? "" : `?${given.toString()}`;
}

export function unreachable({ apiUrl }: Connection, why: string): CommandError {
  return new CommandError(`The server at ${apiUrl} cannot be reached: ${why}.`, {
    hint: "Start it with `npx switchhook start`, or say where it is with --url or SWITCHHOOK_URL.",
    exitCode: EXIT.unreachable,
  });
}

/** The server's flat error body (`error`, `message`, `details`), told with what can be done. */
export function refusal(
  { apiUrl }: Connection,
  status: number,
  headers: IncomingHttpHeaders,
  body: Buffer,
): CommandError {
  const { error, message, details } = tryParse(body) ?? {};
  const texts = [error, message, ...(Array.isArray(details) ? (details as unknown[]) : [])].filter(
    (text): text is string => typeof text === "string",
  );
  const said = texts.length > 0 ? `${texts.join(": ")} (${status})` : `status ${status}`;
  if (status === 401 || status === 403) {
    return new CommandError(`The server at ${apiUrl} refused the API key: ${said}.`, {
      hint: "Check SWITCHHOOK_API_KEY or --api-key. A key that is set when the server starts is let in.",
      exitCode: EXIT.unauthorized,
    });
  }
  if (status === 404) {
    const isOurs = typeof error === "string";
    return new CommandError(isOurs ? `${said}.` : `There is no Switchhook API at ${apiUrl}: ${said}.`, {
      hint: isOurs
        ? "Check the id; `npx switchhook events list` shows events. An older server may lack what this asks for."
        : "Check --url or SWITCHHOOK_URL.",
      exitCode: EXIT.notFound,
    });
  }
  if (status >= 500) {
    const id = headers["x-request-id"];
    return new CommandError(`The server at ${apiUrl} failed: ${said}.`, {
      hint: typeof id === "string" ? `Its log has the reason, under the request id ${id}.` : "See its log.",
    });
  }
  const hint = hintFor(status, headers);
  return new CommandError(`The server refused the request: ${said}.`, hint === undefined ? {} : { hint });
}

function hintFor(status: number, headers: IncomingHttpHeaders): string | undefined {
  if (status === 429) return `Too many requests. Try again in ${headers["retry-after"] ?? "a few"} seconds.`;
  if (status >= 300 && status <= 399 && headers.location)
    return `It redirects to ${headers.location}: say that with --url or SWITCHHOOK_URL.`;
  return undefined;
}

function parseAnswer({ apiUrl }: Connection, body: Buffer): ApiAnswer {
  const parsed = tryParse(body);
  if (parsed) return parsed;
  throw new CommandError(`What answers at ${apiUrl} is not a Switchhook server: its answer is not JSON.`, {
    hint: "Check --url or SWITCHHOOK_URL.",
  });
}

function tryParse(body: Buffer): ApiAnswer | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString());
    return typeof parsed === "object" && parsed !== null ? (parsed as ApiAnswer) : undefined;
  } catch {
    // Not JSON: the caller says so in its own words.
    return undefined;
  }
}
