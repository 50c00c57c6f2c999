import type { Command } from "commander";
import { DEFAULT_PORT } from "../config.ts";
import { CommandError, usageError } from "./command-error.ts";
import { EXIT } from "./exit-codes.ts";

export const DEFAULT_URL = `http://127.0.0.1:${DEFAULT_PORT}`;

/** Where the server is, and who asks. */
export interface Connection {
  /** with /api/v1, without a slash at the end */
  apiUrl: string;
  apiKey: string;
}

export interface ConnectionOptions {
  url?: string;
  apiKey?: string;
}

const API_PATH = "/api/v1";

export function addConnectionOptions(command: Command): Command {
  return command
    .option("--url <url>", `the server (or SWITCHHOOK_URL; default ${DEFAULT_URL})`)
    .option("--api-key <key>", "its API key (better: SWITCHHOOK_API_KEY, which no process list shows)");
}

/** @param instead what makes a key unnecessary, where there is such a thing */
export function connect(
  options: ConnectionOptions,
  environment: Record<string, string | undefined>,
  instead = "",
): Connection {
  const apiKey = options.apiKey || environment["SWITCHHOOK_API_KEY"]?.trim();
  if (!apiKey) {
    throw new CommandError("No API key.", {
      hint: `Set SWITCHHOOK_API_KEY, or pass --api-key${instead}. The server prints a key at its very first start.`,
      exitCode: EXIT.unauthorized,
    });
  }
  const url = requireHttpUrl(options.url || environment["SWITCHHOOK_URL"]?.trim() || DEFAULT_URL, "--url");
  // People copy the URL with the path from the line `ready`, or without it from the settings: both are meant.
  const base = url.replace(/\/+$/, "");
  return { apiUrl: base.endsWith(API_PATH) ? base : `${base}${API_PATH}`, apiKey };
}

/** @param name the option or argument it was given as, for the message */
export function requireHttpUrl(text: string, name: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    throw usageError(`${name}: ${text} is not a URL that begins with http:// or https://.`);
  }
  return text;
}
