import { keyBytesOf, SALT_BYTES, type SrtpParameters, type SrtpSuite } from "../rtp/srtp-suite.ts";
import { OFFERED_SUITES, type CryptoLine } from "./sdp-crypto.ts";
import type { OfferedCrypto, ReadSdpResult } from "./sdp.ts";

/**
 * What our own offers say of SRTP. `offer`: the plain profile with keys (RFC 8643), so that a peer which knows no SRTP
 * takes it for plain RTP. `require`: the secure profile, and no call without it. Why so: docs/decisions/0025.
 */
export type SrtpPolicy = "off" | "offer" | "require";

type UsableSdp = Extract<ReadSdpResult, { outcome: "usable" }>;

/**
 * The keys of one dialog, through its offers and answers.
 *
 * Our key stays as long as the suite does, and is never used again once it was given up: the packets' counters begin anew
 * with a suite, and a key that met the same counter twice would show the audio (RFC 3711, 9.1).
 */
export interface KeyAgreement {
  /** of the last offer and answer; undefined: plain RTP */
  readonly agreed: SrtpParameters | undefined;
  /** Takes the peer's offer. `line` is ours for the answer; undefined: plain RTP */
  answer(offer: UsableSdp): { outcome: "taken"; line: CryptoLine | undefined } | { outcome: "refused" };
  offer(): OfferedCrypto;
  /** @returns false when the answer is not one to what we offered, or is plain where SRTP is required */
  takeAnswer(answer: UsableSdp): boolean;
}

export function createKeyAgreement(options: {
  policy: SrtpPolicy;
  randomBytes: (size: number) => Buffer;
}): KeyAgreement {
  const { policy } = options;
  let agreed: SrtpParameters | undefined;
  let isSecureProfile = false;
  let offered: CryptoLine[] = [];

  function ourKey(suite: SrtpSuite): string {
    if (agreed?.suite === suite) return agreed.sendKey;
    return options.randomBytes(keyBytesOf(suite) + SALT_BYTES).toString("base64");
  }

  return {
    get agreed() {
      return agreed;
    },
    answer({ crypto: [line], audio }) {
      // Where SRTP is required, a re-INVITE must not take it away.
      if (!line && policy === "require") return { outcome: "refused" };
      isSecureProfile = isSecure(audio.protocol);
      if (!line) {
        agreed = undefined;
        return { outcome: "taken", line: undefined };
      }
      const { tag, suite } = line;
      agreed = { suite, sendKey: ourKey(suite), receiveKey: line.key };
      return { outcome: "taken", line: { tag, suite, key: agreed.sendKey } };
    },
    offer() {
      // A peer that asks for our offer in the middle of a secure call is to get a secure one.
      const isWanted = policy !== "off" || agreed !== undefined;
      const suites = agreed ? [agreed.suite] : OFFERED_SUITES;
      offered = isWanted ? suites.map((suite, index) => ({ tag: index + 1, suite, key: ourKey(suite) })) : [];
      return {
        lines: offered,
        isRequired: policy === "require" || (agreed !== undefined && isSecureProfile),
      };
    },
    takeAnswer({ crypto, audio }) {
      const theirs = crypto.find((line) =>
        offered.some(({ tag, suite }) => tag === line.tag && suite === line.suite),
      );
      const ours = offered.find(({ tag }) => tag === theirs?.tag);
      if (!theirs || !ours) {
        // Plain RTP is an answer to an offer that allows it. Keys for what we did not offer are a mistake that would be silence.
        if (policy === "require" || crypto.length > 0 || isSecure(audio.protocol)) return false;
        agreed = undefined;
        return true;
      }
      isSecureProfile = isSecure(audio.protocol);
      agreed = { suite: ours.suite, sendKey: ours.key, receiveKey: theirs.key };
      return true;
    },
  };
}

function isSecure(protocol: string): boolean {
  return protocol.startsWith("RTP/SAVP");
}
