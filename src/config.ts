import { isIP, isIPv6 } from "node:net";
import { availableParallelism } from "node:os";
import type { SecretKeys } from "./data-directory.ts";
import type { Network } from "./telephony/nat/local-networks.ts";
import type { NatSettings } from "./telephony/nat/public-address-loop.ts";
import type { StunServer } from "./telephony/nat/stun-client.ts";
import { count, readRateLimits, type RateLimits } from "./rate-limit-config.ts";
import { readRecordingConfig, type RecordingConfig } from "./recording-config.ts";
import { trustedProxies } from "./trusted-proxy-config.ts";

/**
 * The only reader of the environment. A wrong value is refused at start with the variable's name and what is
 * allowed; nothing else in the product knows that there is an environment.
 */
export interface Config {
  port: number;
  host: string;
  /** undefined: the address the server listens on, known once it listens (PORT may be 0) */
  publicUrl: string | undefined;
  /** addresses, networks, or `loopback`: whose X-Forwarded-* headers are believed */
  trustedProxies: readonly string[];
  dataDirectory: string;
  /** undefined: the embedded PostgreSQL in the data folder */
  databaseUrl: string | undefined;
  apiKey: string | undefined;
  /** 32 bytes each: the current one, and with it the previous; undefined: a key in the data folder, made at first start */
  secretKeys: SecretKeys | undefined;
  sip: {
    host: string;
    port: number;
    rtpPorts: PortRange;
    nat: NatSettings;
    /** TLS is listened for when both certFile and keyFile are set; caFile is believed besides the system's authorities */
    tls: {
      port: number;
      certFile: string | undefined;
      keyFile: string | undefined;
      caFile: string | undefined;
    };
    /** who may call without being a trunk */
    allowedSources: AllowedRange[];
  };
  /** UDP: every browser's audio goes over this one */
  webRtcPort: number;
  calls: {
    /** processes that carry them */
    workers: number;
    /** legs at most, over all of them; 0: as many as they carry well */
    most: number;
    /** how long SIGTERM lets those that run go on */
    drainSeconds: number;
  };
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
  rateLimits: RateLimits;
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
const DEFAULT_SIP_TLS_PORT = 5_061;
/** As LiveKit's servers have it, so that a firewall's rule for one fits the other. */
const DEFAULT_WEB_RTC_PORT = 7_882;
/** two RTP ports a call (RTP and its RTCP neighbour), so the default range carries 5,000 calls */
const DEFAULT_RTP_PORTS: PortRange = { first: 10_000, last: 19_999 };
/** A worker takes 150 MB before its first call: a large machine gets more of them where somebody asks for it. */
const MOST_DEFAULT_WORKERS = 8;
const MOST_WORKERS = 64;
/** RFC 8489, 8.1 */
const DEFAULT_STUN_PORT = 3_478;
const DEFAULT_WEBHOOK_RETENTION_DAYS = 30;
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
    trustedProxies: read("TRUSTED_PROXIES", trustedProxies, []),
    dataDirectory: read("SWITCHHOOK_DATA_DIR", (text) => text, "./data"),
    databaseUrl: read("DATABASE_URL", postgresUrl, undefined),
    apiKey: read("SWITCHHOOK_API_KEY", apiKey, undefined),
    secretKeys: readSecretKeys(),
    sip: {
      host: sipHost,
      port: read("SIP_PORT", port, 5_060),
      rtpPorts: read("RTP_PORT_RANGE", portRange, DEFAULT_RTP_PORTS),
      nat: {
        publicAddress: read("SIP_PUBLIC_ADDRESS", publicAddress, undefined),
        stunServers: read("STUN_SERVER", stunServers, []),
        localNetworks: read("SIP_LOCAL_NETWORKS", networks, undefined),
      },
      tls: {
        port: read("SIP_TLS_PORT", port, DEFAULT_SIP_TLS_PORT),
        certFile: read("SIP_TLS_CERT", (text) => text, undefined),
        keyFile: read("SIP_TLS_KEY", (text) => text, undefined),
        caFile: read("SIP_TLS_CA", (text) => text, undefined),
      },
      // The machine's own calls: the demo, a softphone beside the server, a PBX on the same host.
      allowedSources: read("SIP_ALLOWED_SOURCES", sourceRanges, LOOPBACK_RANGES),
    },
    webRtcPort: read("WEB_RTC_PORT", port, DEFAULT_WEB_RTC_PORT),
    calls: {
      workers: read("CALL_WORKERS", workerCount, Math.min(availableParallelism(), MOST_DEFAULT_WORKERS)),
      most: read("MAX_CALLS", count, 0),
      drainSeconds: read("DRAIN_SECONDS", drainSeconds, 0),
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
    rateLimits: readRateLimits(read),
    otlpEndpoint: read("OTEL_EXPORTER_OTLP_ENDPOINT", httpUrl, undefined),
    logLevel: read("LOG_LEVEL", oneOf(LOG_LEVELS), "info"),
    recording: readRecordingConfig(read, { httpUrl, oneOf }, problems),
    callCapture: read("CALL_CAPTURE", oneOf(CAPTURES), "sip") as Config["callCapture"],
  };
  if (config.mail.smtpUrl !== undefined && !environment["MAIL_FROM"]?.trim()) {
    problems.push("MAIL_FROM: must be set with SMTP_URL: the address that e-mails come from");
  }
  if (config.sip.nat.publicAddress === "auto" && config.sip.nat.stunServers.length === 0) {
    problems.push(
      "SIP_PUBLIC_ADDRESS: must be an address where no STUN_SERVER is set; auto asks that server",
    );
  }
  if ((config.sip.tls.certFile === undefined) !== (config.sip.tls.keyFile === undefined)) {
    problems.push("SIP_TLS_CERT: needs SIP_TLS_KEY beside it, and the other way round");
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

function workerCount(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > MOST_WORKERS) {
    throw new Error(`must be a number of processes from 1 to ${MOST_WORKERS}`);
  }
  return value;
}

function drainSeconds(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 86_400) throw new Error("must be a number of seconds from 0 to 86400");
  return value;
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

function publicAddress(text: string): string {
  if (isIP(text) === 0 && text !== "auto") {
    throw new Error(
      "must be the IP address that others reach this machine by, or auto (asked of STUN_SERVER)",
    );
  }
  return text;
}

function stunServers(text: string): StunServer[] {
  return listed(text).map((part) => {
    const match = /^([a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(part);
    const serverPort = Number(match?.[2] ?? DEFAULT_STUN_PORT);
    if (!match || serverPort < 1 || serverPort > 65_535) {
      throw new Error("must be a host with a port, such as stun.example.com:3478, or a list of them");
    }
    return { host: match[1]!, port: serverPort };
  });
}

function networks(text: string): Network[] {
  return listed(text).map((part) => {
    const [address = "", prefix] = part.split("/");
    const bits = isIPv6(address) ? 128 : 32;
    const prefixLength = prefix === undefined ? bits : Number(prefix);
    if (isIP(address) === 0 || !Number.isInteger(prefixLength) || prefixLength < 0 || prefixLength > bits) {
      throw new Error("must be a list of networks, such as 10.0.0.0/8, 192.168.0.0/16, fd00::/8");
    }
    return { address, prefixLength };
  });
}

function listed(text: string): string[] {
  return text.split(/[\s,]+/).filter((part) => part.length > 0);
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
  return listed(text).map(allowedRange);
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

function sourceRanges(text: string): AllowedRange[] {
  if (text === "none") return [];
  const ranges = text
    .split(/[\s,]+/)
    .filter((part) => part.length > 0)
    .map((part) => {
      const [address = "", prefix, ...rest] = part.split("/");
      const bits = isIPv6(address) ? 128 : 32;
      const prefixLength = prefix === undefined ? bits : Number(prefix);
      const isWrong = isIP(address) === 0 || rest.length > 0 || !(prefixLength >= 0 && prefixLength <= bits);
      if (isWrong || !Number.isInteger(prefixLength)) {
        throw new Error("must be a list of CIDR ranges, such as 192.168.1.0/24, fd00::/8, or none");
      }
      return { address, prefixLength, port: undefined };
    });
  return ranges;
}

function oneOf(allowed: readonly string[]): Reader<string> {
  return (text) => {
    if (!allowed.includes(text)) throw new Error(`must be one of ${allowed.join(", ")}`);
    return text;
  };
}
