import { isIP, isIPv6 } from "node:net";
import type { SecretKeys } from "./data-directory.ts";
import { readRecordingConfig, type RecordingConfig } from "./recording-config.ts";

/**
 * The only reader of the environment. A wrong value is refused at start with the variable's name and what is
 * allowed; nothing else in the product knows that there is an environment.
 */
export interface Config {
  port: number;
  host: string;
  /** undefined: the address the server listens on, known once it listens (PORT may be 0) */
  publicUrl: string | undefined;
  dataDirectory: string;
  /** undefined: the embedded PostgreSQL in the data folder */
  databaseUrl: string | undefined;
  apiKey: string | undefined;
  /** 32 bytes each: the current one, and with it the previous; undefined: a key in the data folder, made at first start */
  secretKeys: SecretKeys | undefined;
  sip: { host: string; port: number; rtpPorts: PortRange };
  openai: { apiKey: string | undefined; baseUrl: string };
  mail: {
    /** smtp:// or smtps://, credentials inside; undefined: no relay */
    smtpUrl: string | undefined;
    /** `calls@example.com` or `Example <calls@example.com>`; set whenever there is a relay */
    from: string | undefined;
    resend: { apiKey: string | undefined; baseUrl: string };
  };
  /** what webhooks may reach besides public addresses */
  allowedPrivateRanges: AllowedRange[];
  /** how long webhook events, deliveries and attempts are kept */
  webhookRetentionDays: number;
  /** how often a key may ask, and a call be controlled, in a minute; 0: as often as it likes */
  rateLimits: { requestsPerMinute: number; controlsPerMinute: number };
  /** where OpenTelemetry spans go (OTLP over HTTP); undefined: nowhere */
  otlpEndpoint: string | undefined;
  logLevel: string;
  recording: RecordingConfig;
  /** what is kept of a call for a capture file: its SIP messages, and the headers of its audio's packets */
  callCapture: "off" | "sip" | "rtp-headers";
}

/** both ends included */
export interface PortRange {
  first: number;
  last: number;
}

/** From `CIDR[:port]`; no port: every port. IPv6 with a port is written in brackets: `[fd00::/8]:3000`. */
export interface AllowedRange {
  address: string;
  prefixLength: number;
  port: number | undefined;
}

export type ReadConfigResult = { outcome: "ok"; config: Config } | { outcome: "invalid"; problems: string[] };

export const DEFAULT_PORT = 4_000;
export const OPENAI_PUBLIC_BASE_URL = "https://api.openai.com/v1";
const RESEND_PUBLIC_BASE_URL = "https://api.resend.com";
const CAPTURES = ["off", "sip", "rtp-headers"];
const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];
/** two RTP ports a call (RTP and its RTCP neighbour), so the default range carries 5,000 calls */
const DEFAULT_RTP_PORTS: PortRange = { first: 10_000, last: 19_999 };
const DEFAULT_WEBHOOK_RETENTION_DAYS = 30;
/** Facts 12.2. */
const DEFAULT_REQUESTS_PER_MINUTE = 100;
const DEFAULT_CONTROLS_PER_MINUTE = 10;
const LOOPBACK_RANGES: AllowedRange[] = [
  { address: "127.0.0.0", prefixLength: 8, port: undefined },
  { address: "::1", prefixLength: 128, port: undefined },
];

/** A reader gives the parsed value, or throws an Error whose message says what is allowed. */
type Reader<T> = (text: string) => T;

/** @param environment `process.env`; a variable that is set to nothing counts as not set */
export function readConfig(environment: Record<string, string | undefined>): ReadConfigResult {
  const problems: string[] = [];
  function read<T>(name: string, reader: Reader<T>, fallback: T): T {
    const text = environment[name]?.trim();
    if (!text) return fallback;
    try {
      return reader(text);
    } catch (error) {
      // The value itself is not repeated: it may be a key or a password.
      problems.push(`${name}: ${(error as Error).message}`);
      return fallback;
    }
  }

  function readSecretKeys(): SecretKeys | undefined {
    const current = read("SWITCHHOOK_SECRET_KEY", secretKey, undefined);
    const previous = read("SWITCHHOOK_SECRET_KEY_PREVIOUS", secretKey, undefined);
    if (!previous) return current && [current];
    if (!current) problems.push("SWITCHHOOK_SECRET_KEY_PREVIOUS: needs SWITCHHOOK_SECRET_KEY beside it");
    return current && [current, previous];
  }

  const host = read("HOST", ipOrLocalhost, "127.0.0.1");
  // The SIP port is not opened to the world unless somebody asks for it: an open one is scanned within minutes.
  const sipHost = read("SIP_HOST", ipOrLocalhost, host);
  const config: Config = {
    port: read("PORT", port, DEFAULT_PORT),
    host,
    publicUrl: read("PUBLIC_URL", httpUrl, undefined),
    dataDirectory: read("SWITCHHOOK_DATA_DIR", (text) => text, "./data"),
    databaseUrl: read("DATABASE_URL", postgresUrl, undefined),
    apiKey: read("SWITCHHOOK_API_KEY", apiKey, undefined),
    secretKeys: readSecretKeys(),
    sip: {
      host: sipHost,
      port: read("SIP_PORT", port, 5_060),
      rtpPorts: read("RTP_PORT_RANGE", portRange, DEFAULT_RTP_PORTS),
    },
    openai: {
      apiKey: read("OPENAI_API_KEY", (text) => text, undefined),
      baseUrl: read("OPENAI_BASE_URL", httpUrl, OPENAI_PUBLIC_BASE_URL),
    },
    mail: {
      smtpUrl: read("SMTP_URL", smtpUrl, undefined),
      from: read("MAIL_FROM", mailFrom, undefined),
      resend: {
        apiKey: read("RESEND_API_KEY", resendKey, undefined),
        baseUrl: read("RESEND_BASE_URL", httpUrl, RESEND_PUBLIC_BASE_URL),
      },
    },
    allowedPrivateRanges: read(
      "SWITCHHOOK_ALLOW_PRIVATE_WEBHOOKS",
      allowedRanges,
      // On a laptop the receiver is on the same machine, and nobody else can ask us to send anything there.
      isLoopback(host) && isLoopback(sipHost) ? LOOPBACK_RANGES : [],
    ),
    webhookRetentionDays: read("SWITCHHOOK_WEBHOOK_RETENTION_DAYS", days, DEFAULT_WEBHOOK_RETENTION_DAYS),
    rateLimits: {
      requestsPerMinute: read("RATE_LIMIT_REQUESTS_PER_MINUTE", count, DEFAULT_REQUESTS_PER_MINUTE),
      controlsPerMinute: read("RATE_LIMIT_CONTROLS_PER_MINUTE", count, DEFAULT_CONTROLS_PER_MINUTE),
    },
    otlpEndpoint: read("OTEL_EXPORTER_OTLP_ENDPOINT", httpUrl, undefined),
    logLevel: read("LOG_LEVEL", oneOf(LOG_LEVELS), "info"),
    recording: readRecordingConfig(read, { httpUrl, oneOf }, problems),
    callCapture: read("CALL_CAPTURE", oneOf(CAPTURES), "sip") as Config["callCapture"],
  };
  if (config.mail.smtpUrl !== undefined && !environment["MAIL_FROM"]?.trim()) {
    problems.push("MAIL_FROM: must be set with SMTP_URL: the address that e-mails come from");
  }
  return problems.length > 0 ? { outcome: "invalid", problems } : { outcome: "ok", config };
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) {
    throw new Error("must be a port from 0 to 65535 (0: any free port)");
  }
  return value;
}

function count(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error("must be a whole number from 0 (no limit) to 999999999");
  return Number(text);
}

function days(text: string): number {
  const value = Number(text);
  // Less than the retry schedule's length would be of no use: what is undelivered is kept anyhow.
  if (!/^\d+$/.test(text) || value < 1 || value > 3_650)
    throw new Error("must be a number of days from 1 to 3650");
  return value;
}

function portRange(text: string): PortRange {
  const match = /^(\d+)-(\d+)$/.exec(text);
  const [first, last] = [Number(match?.[1]), Number(match?.[2])];
  // Four ports: the least that carries a call and another one while the first still closes.
  if (!match || first < 1_024 || last > 65_535 || last - first < 3) {
    throw new Error(
      "must be two ports from 1024 to 65535 with at least four between them, written 10000-19999",
    );
  }
  return { first, last };
}

function ipOrLocalhost(text: string): string {
  if (isIP(text) === 0 && text !== "localhost") {
    throw new Error("must be an IP address of this machine to listen on (0.0.0.0: all), or localhost");
  }
  return text;
}

function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    throw new Error("must be a URL that begins with http:// or https://");
  }
  return text.replace(/\/+$/, "");
}

function postgresUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["postgres:", "postgresql:"].includes(url.protocol)) {
    throw new Error("must be a URL that begins with postgres:// or postgresql://");
  }
  return text;
}

function smtpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["smtp:", "smtps:"].includes(url.protocol) || url.hostname === "") {
    throw new Error("must be a URL that begins with smtp:// or smtps:// and names a host");
  }
  return text;
}

function mailFrom(text: string): string {
  if (!/^(?:[^<>"\r\n]+ <[^\s<>@,;]+@[^\s<>@,;]+>|[^\s<>@,;]+@[^\s<>@,;]+)$/.test(text)) {
    throw new Error("must be an address, such as calls@example.com, or Example <calls@example.com>");
  }
  return text;
}

function resendKey(text: string): string {
  if (!/^re_[\x21-\x7e]+$/.test(text)) throw new Error("must begin with re_, without spaces");
  return text;
}

function apiKey(text: string): string {
  if (!/^fl_[\x21-\x7e]{16,}$/.test(text)) {
    throw new Error("must begin with fl_, followed by at least 16 characters without spaces");
  }
  return text;
}

function secretKey(text: string): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
  if (key.length !== 32) {
    throw new Error("must be 32 random bytes, as 64 hexadecimal digits or in base64 (openssl rand -hex 32)");
  }
  return key;
}

function allowedRanges(text: string): AllowedRange[] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part.length > 0)
    .map(allowedRange);
}

function allowedRange(text: string): AllowedRange {
  const match = /^\[([^\]]+)\](?::(\d+))?$/.exec(text) ?? /^([^:]+)(?::(\d+))?$/.exec(text) ?? [text, text];
  const [address = "", prefix] = (match[1] ?? "").split("/");
  const bits = isIPv6(address) ? 128 : 32;
  const prefixLength = prefix === undefined ? bits : Number(prefix);
  const rangePort = match[2] === undefined ? undefined : Number(match[2]);
  const isWrong =
    isIP(address) === 0 ||
    !Number.isInteger(prefixLength) ||
    prefixLength < 0 ||
    prefixLength > bits ||
    (rangePort !== undefined && (rangePort < 1 || rangePort > 65_535));
  if (isWrong) {
    throw new Error(
      "must be a list of CIDR[:port], such as 10.1.2.0/24:8080, 192.168.0.0/16, [fd00::/8]:3000",
    );
  }
  return { address, prefixLength, port: rangePort };
}

function oneOf(allowed: readonly string[]): Reader<string> {
  return (text) => {
    if (!allowed.includes(text)) throw new Error(`must be one of ${allowed.join(", ")}`);
    return text;
  };
}
