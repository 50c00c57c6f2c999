import { isIPv6 } from "node:net";

/**
 * How often an address that is nobody's gets an answer. A scanner is told a few times that there is nothing here, and
 * then nothing any more: its next thousand requests cost a look into one table each. Pure.
 */
export interface RefusalLimit {
  isSilenced(address: string): boolean;
  /** An answer is about to go out. @returns false: this one is not sent either, too many go out to all the others */
  mayAnswer(address: string, answer: "refusal" | "challenge"): boolean;
  /** It has shown who it is: what it was told before is forgotten, and for a while it is not silenced. */
  forgive(address: string): void;
  readonly size: number;
}

interface Told {
  windowStartMs: number;
  refusals: number;
  challenges: number;
  /** it answered a challenge not long ago */
  provenUntilMs: number;
}

const WINDOW_MS = 60_000;
const MOST_REFUSALS = 5;
/** More, because a PBX that is ours to serve gets one for each call that it begins. */
const MOST_CHALLENGES = 20;
const PROVEN_FOR_MS = 10 * 60_000;
/** Beyond it the address that has been silent longest is forgotten: about 2 MB. */
const MOST_ADDRESSES = 10_000;
/** Over UDP the sender's address may be forged: what we answer to all of them together must not be a weapon. */
const MOST_ANSWERS_A_SECOND = 100;

export function createRefusalLimit(nowMs: () => number): RefusalLimit {
  /** the one seen last is last */
  const addresses = new Map<string, Told>();
  let second = { startMs: 0, answers: 0 };

  function toldTo(address: string): Told {
    const key = networkOf(address);
    const now = nowMs();
    let told = addresses.get(key) ?? { windowStartMs: now, refusals: 0, challenges: 0, provenUntilMs: 0 };
    if (now - told.windowStartMs >= WINDOW_MS) {
      told = { ...told, windowStartMs: now, refusals: 0, challenges: 0 };
    }
    addresses.delete(key);
    addresses.set(key, told);
    if (addresses.size > MOST_ADDRESSES) addresses.delete(addresses.keys().next().value!);
    return told;
  }

  return {
    isSilenced(address) {
      const told = addresses.get(networkOf(address));
      const now = nowMs();
      if (!told || now - told.windowStartMs >= WINDOW_MS || told.provenUntilMs > now) return false;
      return told.refusals >= MOST_REFUSALS || told.challenges >= MOST_CHALLENGES;
    },
    mayAnswer(address, answer) {
      const told = toldTo(address);
      if (answer === "refusal") told.refusals++;
      else told.challenges++;
      const now = nowMs();
      if (told.provenUntilMs > now) return true;
      if (now - second.startMs >= 1_000) second = { startMs: now, answers: 0 };
      second.answers++;
      return second.answers <= MOST_ANSWERS_A_SECOND;
    },
    forgive(address) {
      const told = toldTo(address);
      Object.assign(told, { refusals: 0, challenges: 0, provenUntilMs: nowMs() + PROVEN_FOR_MS });
    },
    get size() {
      return addresses.size;
    },
  };
}

/** Whoever has one IPv6 address has the 2^64 of its network. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.split("::");
  const before = head.split(":");
  const zeros = tail === undefined ? 0 : 8 - before.length - tail.split(":").length;
  const groups = [
    ...before,
    ...Array.from({ length: Math.max(zeros, 0) }, () => "0"),
    ...(tail?.split(":") ?? []),
  ];
  return groups.slice(0, 4).join(":");
}
