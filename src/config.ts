import { z } from "zod";

/**
 * The only reader of the environment. A wrong value is refused at start with the variable's name and what is
 * allowed; nothing else in the product knows that there is an environment.
 */
export interface Config {
  port: number;
  host: string;
  publicUrl: string;
  dataDirectory: string;
  databaseUrl: string | undefined;
  apiKey: string | undefined;
  secretKey: Buffer | undefined;
  sip: { host: string; port: number; rtpPorts: { first: number; last: number } };
  openai: { apiKey: string | undefined; baseUrl: string };
  /** besides public addresses; undefined: decided by where the server itself listens (see DESIGN) */
  allowPrivateWebhooks: AllowedRange[] | undefined;
  logLevel: string;
}

/** `CIDR[:port]`; no port: every port. IPv6 with a port is written in brackets: `[fd00::/8]:3000`. */
export interface AllowedRange {
  address: string;
  prefixLength: number;
  port: number | undefined;
}

export type ReadConfigResult = { outcome: "ok"; config: Config } | { outcome: "invalid"; problems: string[] };
