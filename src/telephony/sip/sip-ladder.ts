import type { SipProtocol } from "./sip-path.ts";
import { summarize } from "./sip-text.ts";

/** One message of a call, without what must not be kept. */
export interface SipMessage {
  /** Unix milliseconds */
  at: number;
  direction: "in" | "out";
  protocol: SipProtocol;
  localAddress: string;
  remote: { address: string; port: number };
  text: string;
}

const CREDENTIALS = /^((?:proxy-)?authorization)[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/gim;
/** SRTP keys (RFC 4568), `k=` (RFC 8866, 5.12), MIKEY (RFC 4567), ICE passwords: who has them hears the call. */
const KEYS = [
  /(^a=crypto:[^\r\n]*?inline:)([^\r\n]*)/gim,
  /(^k=)([^\r\n]*)/gim,
  /(^a=key-mgmt:)([^\r\n]*)/gim,
  /(^a=ice-pwd:)([^\r\n]*)/gim,
];

/**
 * Takes out of a message what opens something: credentials and keys. What is in the body keeps its length, because
 * Content-Length tells of it.
 */
export function withoutSecrets(text: string): string {
  const bodyAt = text.indexOf("\r\n\r\n");
  const headers = (bodyAt === -1 ? text : text.slice(0, bodyAt)).replace(CREDENTIALS, "$1: (removed)");
  let body = bodyAt === -1 ? "" : text.slice(bodyAt);
  for (const key of KEYS)
    body = body.replace(key, (_line, name: string, value: string) => name + "x".repeat(value.length));
  return headers + body;
}

/** A message as a ladder shows it. */
export interface LadderStep {
  at: number;
  direction: "in" | "out";
  startLine: string;
  cseq: string;
  peer: string;
  protocol: SipProtocol;
  /** the very same message was there before */
  isRetransmission: boolean;
}

export function ladderOf(messages: readonly SipMessage[]): LadderStep[] {
  const seen = new Set<string>();
  return messages.map(({ at, direction, protocol, remote, text }) => {
    const key = `${direction}\n${text}`;
    const isRetransmission = seen.has(key);
    seen.add(key);
    const { address, port } = remote;
    return {
      at,
      direction,
      startLine: text.slice(0, text.indexOf("\r\n")),
      cseq: /^cseq[ \t]*:[ \t]*(\d+[ \t]+[A-Z]+)/im.exec(text)?.[1] ?? "",
      peer: `${address.includes(":") ? `[${address}]` : address}:${port}`,
      protocol,
      isRetransmission,
    };
  });
}

/** Messages by call, while they may be wanted. */
export interface SipLog {
  add(message: SipMessage): void;
  /** Somebody wants what comes under this Call-ID, and what has come; until `release` it is not forgotten. */
  claim(callId: string): { messages(): readonly SipMessage[]; readonly omitted: number; release(): void };
}

/** A call has some ten; a flood of them must not fill the memory. */
const MOST_MESSAGES = 200;
const LONGEST_TEXT = 8_000;
/** Call-IDs that nobody has claimed yet: scanners send thousands. */
const MOST_UNCLAIMED = 500;

export function createSipLog(): SipLog {
  interface Entry {
    messages: SipMessage[];
    omitted: number;
  }
  // Insertion order is age.
  const unclaimed = new Map<string, Entry>();
  const claimed = new Map<string, Entry>();

  return {
    add(message) {
      const callId = summarize(message.text)?.callId;
      if (callId === undefined) return;
      let entry = claimed.get(callId) ?? unclaimed.get(callId);
      if (!entry) {
        entry = { messages: [], omitted: 0 };
        unclaimed.set(callId, entry);
        if (unclaimed.size > MOST_UNCLAIMED) unclaimed.delete(unclaimed.keys().next().value!);
      }
      if (entry.messages.length >= MOST_MESSAGES) entry.omitted++;
      else entry.messages.push({ ...message, text: withoutSecrets(message.text).slice(0, LONGEST_TEXT) });
    },
    claim(callId) {
      const entry = claimed.get(callId) ?? unclaimed.get(callId) ?? { messages: [], omitted: 0 };
      unclaimed.delete(callId);
      claimed.set(callId, entry);
      return {
        messages: () => entry.messages,
        get omitted() {
          return entry.omitted;
        },
        release: () => void claimed.delete(callId),
      };
    },
  };
}
