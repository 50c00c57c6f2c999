import { timingSafeEqual } from "node:crypto";
import { CHECK_GROUPS } from "../../src/cli/conformance/conformance.ts";
import { hmac, isFresh, isSame, SECRET, soundParts, type ReceiverParts } from "./faulty-receiver.ts";

/** The ids of the checks with each verdict; all others pass. */
interface Verdicts {
  fail?: string[];
  warn?: string[];
  skip?: string[];
}

/** Every way of breaking a receiver that we know of, and exactly what the checks must say of it. */
export const RECEIVER_FAULTS: Record<string, { parts: () => Partial<ReceiverParts>; found: Verdicts }> = {
  "verifies nothing": {
    parts: () => ({ isGenuine: () => true }),
    found: {
      fail: [
        "wrong-signature",
        "empty-secret",
        "malformed-signature",
        "missing-signature",
        "missing-timestamp",
        "changed-body",
        "changed-timestamp",
        "old-timestamp",
        "noise",
      ],
      warn: ["future-timestamp"],
    },
  },
  "verifies only where there is a signature": {
    parts: () => ({
      isGenuine: (headers, body) =>
        headers["x-webhook-signature"] === undefined || soundParts.isGenuine(headers, body),
    }),
    found: { fail: ["missing-signature", "noise"] },
  },
  "looks at the signature's form, not at its value": {
    parts: () => ({
      isGenuine: (headers) =>
        isFresh(headers) && /^sha256=[0-9a-f]{64}$/.test(String(headers["x-webhook-signature"])),
    }),
    found: { fail: ["wrong-signature", "empty-secret", "changed-body", "changed-timestamp"] },
  },
  "also takes an empty secret": {
    parts: () => ({
      isGenuine: (headers, body) =>
        isFresh(headers) &&
        [SECRET, ""].some((secret) =>
          isSame(headers["x-webhook-signature"], hmac(secret, headers["x-webhook-timestamp"], body)),
        ),
    }),
    found: { fail: ["empty-secret"] },
  },
  "compares without looking at the lengths": {
    parts: () => ({
      isGenuine: (headers, body) =>
        isFresh(headers) &&
        timingSafeEqual(
          Buffer.from(headers["x-webhook-signature"] as string),
          Buffer.from(hmac(SECRET, headers["x-webhook-timestamp"], body)),
        ),
    }),
    found: { fail: ["malformed-signature", "missing-signature"] },
  },
  "does not look at the time": {
    parts: () => ({
      isGenuine: (headers, body) =>
        isSame(headers["x-webhook-signature"], hmac(SECRET, headers["x-webhook-timestamp"], body)),
    }),
    found: { fail: ["old-timestamp"], warn: ["future-timestamp"] },
  },
  "looks at the time in one direction": {
    parts: () => ({
      isGenuine: (headers, body) =>
        Date.now() / 1_000 - Number(headers["x-webhook-timestamp"]) <= 300 &&
        isSame(headers["x-webhook-signature"], hmac(SECRET, headers["x-webhook-timestamp"], body)),
    }),
    found: { warn: ["future-timestamp"] },
  },
  "allows ten seconds of difference": {
    parts: () => ({
      isGenuine: (headers, body) =>
        Math.abs(Date.now() / 1_000 - Number(headers["x-webhook-timestamp"])) <= 10 &&
        soundParts.isGenuine(headers, body),
    }),
    found: { warn: ["slow-clock"] },
  },
  "verifies JSON that it has written again": {
    parts: () => ({
      isGenuine: (headers, body) =>
        headers["x-webhook-signature"] !== undefined &&
        soundParts.isGenuine(headers, Buffer.from(JSON.stringify(JSON.parse(body.toString())))),
    }),
    found: { fail: ["exact-bytes"] },
  },
  "answers a forged request with 500": {
    parts: () => ({ refuse: (response) => void response.writeHead(500).end() }),
    found: { fail: refusals() },
  },
  "closes the connection on a forged request": {
    parts: () => ({ refuse: (response) => void response.socket?.resetAndDestroy() }),
    found: { fail: refusals() },
  },
  "answers repeats with 409": {
    parts: () => {
      const seen = new Set<unknown>();
      return {
        answer(message, headers) {
          const id = headers["x-webhook-id"];
          if (seen.has(id)) return { status: 409 };
          seen.add(id);
          return soundParts.answer(message, headers);
        },
      };
    },
    found: { fail: ["repeat"] },
  },
  "insists on the order": {
    parts: () => {
      const last = new Map<string, number>();
      return {
        answer(message, headers) {
          const { sequence = 0, call } = message;
          if (sequence < (last.get(call.id) ?? 0)) return { status: 422 };
          last.set(call.id, sequence);
          return soundParts.answer(message, headers);
        },
      };
    },
    found: { fail: ["out-of-order"] },
  },
  "knows one secret during a rotation": {
    parts: () => ({}),
    found: { fail: ["previous-secret"] },
  },
  "takes only the fields that it knows": {
    parts: () => ({
      answer: (message, headers) =>
        "added_later" in message ? { status: 400 } : soundParts.answer(message, headers),
    }),
    found: { fail: ["unknown-fields"] },
  },
  "answers unknown events with 404": {
    parts: () => ({
      answer: (message, headers) =>
        message.type === "call-starred" ? { status: 404 } : soundParts.answer(message, headers),
    }),
    found: { fail: ["unknown-event"] },
  },
  "counts on a telephone number": {
    parts: () => ({
      answer(message, headers) {
        if (message.customer.number.startsWith("+31")) return soundParts.answer(message, headers);
        return { status: 200 };
      },
    }),
    found: { fail: ["no-numbers"] },
  },
  "limits bodies to 100 KB": {
    parts: () => ({
      answer: (message, headers) =>
        Number(headers["content-length"]) > 102_400 ? { status: 413 } : soundParts.answer(message, headers),
    }),
    found: { fail: ["large-body"] },
  },
  "takes the first piece of a body for all of it": {
    parts: () => ({
      readBody: (request) =>
        new Promise((resolve) => request.once("data", resolve).once("end", () => resolve(Buffer.alloc(0)))),
    }),
    found: { fail: ["slow-body", "large-body"] },
  },
  "ends when a connection is lost": {
    parts: () => ({ onLostConnection: (stop) => stop() }),
    found: {
      fail: ["lost-connection"],
      skip: ["large-body", ...refusals(), "slow-clock", "answers-get", "answers-head", "still-there"],
    },
  },
  "breaks on other methods": {
    parts: () => ({ otherMethod: () => ({ status: 500 }) }),
    found: { fail: ["answers-get", "answers-head"] },
  },
  "stays broken after a forged request": {
    parts: () => {
      let isBroken = false;
      return {
        refuse(response) {
          isBroken = true;
          response.writeHead(401).end();
        },
        answer: (message, headers) => (isBroken ? { status: 503 } : soundParts.answer(message, headers)),
      };
    },
    // A warning as well: a genuine event follows the first forged ones.
    found: { fail: ["still-there"], warn: ["slow-clock"] },
  },
  "works before it answers": {
    parts: () => {
      const seen = new Set<string>();
      return {
        answer(message, headers) {
          const isFirst = !seen.has(message.type);
          seen.add(message.type);
          const answer = soundParts.answer(message, headers);
          if (!isFirst) return answer;
          if (message.type === "assistant-request") return { ...answer, afterMs: 2_700 };
          return message.type === "status-update" ? { ...answer, afterMs: 1_200 } : answer;
        },
      };
    },
    found: { warn: ["in-time-assistant-request", "in-time-status-update"] },
  },
  "keeps a ringing call waiting": {
    parts: () => ({
      answer: (message, headers) =>
        message.type === "assistant-request"
          ? { status: 200, afterMs: 60_000 }
          : soundParts.answer(message, headers),
    }),
    found: {
      fail: ["accepts-assistant-request", "in-time-assistant-request"],
      skip: ["shape-assistant-request"],
    },
  },
  "answers OK to everything": {
    parts: () => ({ answer: () => ({ status: 200, text: "OK" }) }),
    found: { fail: ["shape-assistant-request", "shape-tool-calls"] },
  },
  "answers {} to everything": {
    parts: () => ({ answer: () => ({ status: 200, body: {} }) }),
    found: { warn: ["shape-tool-calls"] },
  },
  "puts the configuration and the result in the wrong place": {
    parts: () => ({
      answer: ({ type }) => ({
        status: 200,
        body:
          type === "tool-calls"
            ? { results: [{ tool_call_id: "1", result: "Ada" }] }
            : { first_message: "Hi" },
      }),
    }),
    found: { fail: ["shape-tool-calls"], warn: ["shape-assistant-request"] },
  },
  "repeats the tool call's id in the old spelling": {
    parts: () => ({
      answer: ({ type, tool_call_list: calls }) => ({
        status: 200,
        body: type === "tool-calls" ? { results: [{ toolCallId: calls[0].id, result: "Ada" }] } : {},
      }),
    }),
    found: { warn: ["shape-tool-calls"] },
  },
  redirects: {
    parts: () => ({ answer: () => ({ status: 308, headers: { location: "/hook/" } }) }),
    found: { fail: idsOf("accepts-"), skip: withoutAcceptance() },
  },
  "has another secret": {
    parts: () => ({ isGenuine: () => false }),
    found: { fail: idsOf("accepts-"), skip: withoutAcceptance() },
  },
};

function ids(): string[] {
  return CHECK_GROUPS.flatMap(({ checks }) => checks.map(({ id }) => id));
}
function idsOf(prefix: string): string[] {
  return ids().filter((id) => id.startsWith(prefix));
}
function refusals(): string[] {
  return CHECK_GROUPS.find(({ title }) => title.startsWith("Forged"))!
    .checks.map(({ id }) => id)
    .filter((id) => id !== "slow-clock");
}
function withoutAcceptance(): string[] {
  const basic = new Set(
    CHECK_GROUPS.flatMap(({ checks }) => checks).flatMap((check) => (check.isBasic ? [check.id] : [])),
  );
  return ids().filter((id) => !basic.has(id) || id.startsWith("shape-"));
}
