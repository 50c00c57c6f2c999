import { BlockList, isIPv6 } from "node:net";
import type { AllowedRange } from "../../config.ts";
import type { CallSource, InboundTrunk } from "../carrier.ts";
import { challengeHeaders, isRightAnswer, readAnswer, type DigestAnswer } from "./digest.ts";
import type { Nonces } from "./digest-nonce.ts";
import type { OpenConnections } from "./sip-listeners.ts";
import type { RefusalLimit } from "./refusal-limit.ts";

/** A request from outside of any call, before anything is made of it. */
export interface ScreenedRequest {
  method: string;
  uri: string;
  /** of the packet or the connection, never of a header */
  address: string;
  port: number;
  transaction: string;
  authorization: string | undefined;
}

export type Screening =
  | { outcome: "admitted"; source: CallSource }
  /** nothing is answered; `closes`: nor is a connection kept for it */
  | { outcome: "dropped"; closes: boolean }
  /** @property status  `403 Forbidden` */
  | { outcome: "refused"; status: string; headers: string[] };

/** Requests from nobody's addresses, by what became of them. */
export interface AdmissionCounters {
  /** told 403 */
  refused: number;
  /** told 401 */
  challenged: number;
  /** dropped without a word */
  dropped: number;
}

/** The trunks of all organizations, as far as who calls in is concerned. */
export interface InboundTrunks {
  /** whether any trunk is known by this address */
  knows(address: string): boolean;
  /** those that are known by this address; first those whose own port it is besides */
  at(address: string, port: number): readonly InboundTrunk[];
  /** those that are known by digest, with this user name, and may come from this address */
  named(username: string, address: string): readonly InboundTrunk[];
  /** whether any trunk is known by digest */
  readonly haveDigest: boolean;
}

export interface Admission {
  screen(request: ScreenedRequest): Screening;
  /** whether an address may open a connection, beside those that are open */
  mayConnect(address: string, open: OpenConnections): boolean;
  readonly counters: AdmissionCounters;
}

const REALM = "switchhook";
/** Connections: whoever opens them and says nothing must not keep trunks out. */
const MOST_OF_A_STRANGER = 10;
const MOST_OF_STRANGERS = 500;

/**
 * Who may call in: trunks by their address, trunks by digest, and the ranges that the operator allows. Everybody else
 * is refused, and soon not even that: a SIP port on the internet is scanned within minutes, and who answers scanners
 * is called by them. Fails closed.
 */
export function createAdmission(options: {
  trunks: InboundTrunks;
  allowed: readonly AllowedRange[];
  nonces: Nonces;
  limit: RefusalLimit;
}): Admission {
  const { trunks, nonces, limit } = options;
  const counters: AdmissionCounters = { refused: 0, challenged: 0, dropped: 0 };
  const allowed = new BlockList();
  for (const { address, prefixLength } of options.allowed) {
    allowed.addSubnet(address, prefixLength, isIPv6(address) ? "ipv6" : "ipv4");
  }
  const isAllowed = (address: string) => allowed.check(address, isIPv6(address) ? "ipv6" : "ipv4");
  const isKnown = (address: string) => isAllowed(address) || trunks.knows(address);

  function drop(): Screening {
    counters.dropped++;
    return { outcome: "dropped", closes: true };
  }

  function refuse(address: string): Screening {
    if (!limit.mayAnswer(address, "refusal")) return drop();
    counters.refused++;
    return { outcome: "refused", status: "403 Forbidden", headers: [] };
  }

  function challenge(address: string, because: "no-answer" | "wrong" | "stale"): Screening {
    if (!limit.mayAnswer(address, because === "wrong" ? "refusal" : "challenge")) return drop();
    counters.challenged++;
    const headers = challengeHeaders({
      realm: REALM,
      nonce: nonces.issue(address),
      isStale: because === "stale",
    });
    return {
      outcome: "refused",
      status: "401 Unauthorized",
      headers: headers.map((header) => `WWW-Authenticate: ${header}`),
    };
  }

  function byDigest(request: ScreenedRequest): Screening {
    const { address, authorization } = request;
    const answer = authorization === undefined ? undefined : readAnswer(authorization);
    if (!answer) return challenge(address, "no-answer");
    const right = rightTrunks(answer, request);
    if (right.length === 0) return challenge(address, "wrong");
    // Only now: whether a nonce is old is told to those who know a password.
    if (nonces.check(answer.nonce, address) !== "fresh") return challenge(address, "stale");
    // Without qop there is no count, and the nonce counts as used once.
    const who = `${request.transaction}|${address}|${request.port}`;
    if (!nonces.use(answer.nonce, answer.nonceCount, who)) return challenge(address, "stale");
    limit.forgive(address);
    return { outcome: "admitted", source: { trunks: right, isAllowed: false } };
  }

  /** The answer is bound to the number that it was given for (RFC 7616, 3.4.6), however else proxies rewrite the URI. */
  function rightTrunks(answer: DigestAnswer, request: ScreenedRequest): InboundTrunk[] {
    if (answer.realm !== REALM || userOf(answer.uri) !== userOf(request.uri)) return [];
    return trunks
      .named(answer.username, request.address)
      .filter(
        ({ credentials }) => credentials && isRightAnswer(answer, request.method, credentials.password),
      );
  }

  return {
    counters,
    mayConnect: (address, open) =>
      isKnown(address) ||
      (open.ofAddress < MOST_OF_A_STRANGER && open.total < MOST_OF_STRANGERS && !limit.isSilenced(address)),
    screen(request) {
      const { method, address, port } = request;
      const source = { trunks: trunks.at(address, port), isAllowed: isAllowed(address) };
      if (source.isAllowed || source.trunks.length > 0) return { outcome: "admitted", source };
      if (limit.isSilenced(address)) return drop();
      // The end of what was refused. An ACK is never answered (RFC 3261, 17), and there is nothing to cancel.
      if (method === "ACK" || method === "CANCEL") return { outcome: "dropped", closes: false };
      return method === "INVITE" && trunks.haveDigest ? byDigest(request) : refuse(address);
    },
  };
}

function userOf(uri: string): string {
  return /^sips?:([^@;>]*)@/i.exec(uri)?.[1] ?? uri;
}
