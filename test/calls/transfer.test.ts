import { describe, expect, test } from "vitest";
import { dialSecondLeg } from "../../src/calls/second-leg.ts";
import { handOver, type TransferringCall } from "../../src/calls/transfer.ts";
import { offerCall } from "../../src/calls/warm-transfer.ts";
import type { CallMedia, Digit, LegEnd, OutboundLeg, PickUp } from "../../src/telephony/carrier.ts";
import { createManualClock } from "../harness/manual-clock.ts";

// What takes time, with time that is told. How it sounds and looks on the wire is in test/e2e/transfers.test.ts.

const CALL = {
  to: "+31201234567",
  from: "+31850835037",
  trunk: { address: "127.0.0.1", port: 5_060, protocol: "UDP" },
} as const;
const WARM = { acceptDigit: "1", rejectDigit: "2", briefing: undefined, prompt: undefined };

function createMedia() {
  let press: (digit: Digit) => void = () => undefined;
  const media: CallMedia = {
    onAudio: () => undefined,
    onDigit: (listener) => (press = listener),
    play: () => undefined,
    clearPlayout: () => 0,
    queuedSamples: 0,
    onPlayoutDrained: () => undefined,
    sendDigits: () => undefined,
    relayTo: () => undefined,
    pausePlayout: () => undefined,
    resumePlayout: () => undefined,
    setBackground: () => undefined,
    startRecording: () => undefined,
    stopRecording: () => Promise.resolve({ outcome: "nothing" }),
    startHeaderCapture: () => undefined,
    capturedHeaders: () => Promise.resolve([]),
    statistics: () => Promise.reject(new Error("nobody counts here")),
    setRingback: () => undefined,
  };
  return { media, press: (digit: Digit) => press(digit) };
}

function createLeg() {
  const answered = Promise.withResolvers<PickUp>();
  const ended = Promise.withResolvers<LegEnd>();
  let hungUp = 0;
  const leg: OutboundLeg = {
    carrierCallId: "x",
    answered: answered.promise,
    ended: ended.promise,
    // A far end that never confirms.
    hangUp: () => (hungUp++, new Promise(() => undefined)),
    transfer: () => Promise.resolve({ outcome: "refused", detail: "no" }),
    takesTransfers: false,
    peer: undefined,
  };
  return { leg, answer: answered.resolve, end: ended.resolve, hungUp: () => hungUp };
}

/** Lets everything that is settled be heard. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("a second leg", () => {
  test("rings for 40 s, and is hung up then", async () => {
    const clock = createManualClock();
    const { leg, hungUp } = createLeg();
    const dialed = dialSecondLeg(
      { clock, placeCall: () => Promise.resolve(leg) },
      CALL,
      new AbortController().signal,
    );
    await settle();
    clock.advance(39_999);
    expect(hungUp()).toBe(0);
    clock.advance(1);
    expect(await dialed).toEqual({ outcome: "failed", detail: "nobody answered" });
    expect(hungUp()).toBe(1);
  });

  test.each([true, false])("is hung up when the caller is gone (before it rings: %s)", async (isBefore) => {
    const { leg, hungUp } = createLeg();
    const gone = new AbortController();
    if (isBefore) gone.abort();
    const dialed = dialSecondLeg(
      { clock: createManualClock(), placeCall: () => Promise.resolve(leg) },
      CALL,
      gone.signal,
    );
    await settle();
    gone.abort();
    expect(await dialed).toEqual({ outcome: "failed", detail: "the caller hung up" });
    expect(hungUp()).toBe(1);
  });

  test.each([
    [486, "the line is busy"],
    [404, "there is no such number"],
    [407, "the trunk did not accept its user name and password"],
  ])("that is refused with %d says %j", async (statusCode, detail) => {
    const { leg, answer } = createLeg();
    answer({ outcome: "failed", statusCode });
    const ports = { clock: createManualClock(), placeCall: () => Promise.resolve(leg) };
    expect(await dialSecondLeg(ports, CALL, new AbortController().signal)).toEqual({
      outcome: "failed",
      detail,
    });
  });
});

describe("a warm transfer", () => {
  function offer(options: { say?: () => Promise<"spoken" | "failed">; summary?: Promise<string> } = {}) {
    const clock = createManualClock();
    const { media, press } = createMedia();
    const ended = Promise.withResolvers<LegEnd>();
    const gone = new AbortController();
    const said: string[] = [];
    let isSummaryStopped = false;
    const acceptance = offerCall({
      warm: WARM,
      media,
      ended: ended.promise,
      summary: options.summary ?? Promise.resolve("He wants to buy."),
      stopSummary: () => (isSummaryStopped = true),
      speech: {
        async speakText({ text }) {
          said.push(text);
          const outcome = (await options.say?.()) ?? "spoken";
          return outcome === "spoken" ? { outcome } : { outcome, error: "no voice" };
        },
      },
      configuration: {},
      clock,
      signal: gone.signal,
    });
    return {
      clock,
      press,
      end: ended.resolve,
      gone,
      said,
      acceptance,
      isSummaryStopped: () => isSummaryStopped,
    };
  }
  const PROMPT = "Press 1 to take the call, or 2 to decline.";

  test("asks twice, then takes silence for a no: a mailbox says nothing else", async () => {
    const { clock, press, said, acceptance } = offer();
    await settle();
    expect(said).toEqual([`He wants to buy. ${PROMPT}`]);
    press("7");
    clock.advance(9_999);
    await settle();
    expect(said).toHaveLength(1);
    clock.advance(1);
    await settle();
    expect(said).toEqual([`He wants to buy. ${PROMPT}`, PROMPT]);
    clock.advance(19_999);
    await settle();
    let isOver = false;
    void acceptance.then(() => (isOver = true));
    await settle();
    expect(isOver).toBe(false);
    clock.advance(1);
    expect(await acceptance).toEqual({ outcome: "failed", detail: "nobody took the call" });
  });

  test.each<[string, (offered: ReturnType<typeof offer>) => void, object]>([
    ["1", ({ press }) => press("1"), { outcome: "accepted" }],
    [
      "2",
      ({ press }) => press("2"),
      { outcome: "failed", detail: "the person did not want to take the call" },
    ],
    [
      "a hang-up",
      ({ end }) => end({ cause: "remote-hangup" }),
      { outcome: "failed", detail: "the person hung up without taking the call" },
    ],
    ["the caller's hang-up", ({ gone }) => gone.abort(), { outcome: "failed", detail: "the caller hung up" }],
    ["1 after 2", ({ press }) => (press("2"), press("1")), expect.objectContaining({ outcome: "failed" })],
  ])("%s decides, also while it is being said", async (_what, decide, expected) => {
    for (const say of [undefined, () => new Promise<"spoken">(() => undefined)]) {
      const offered = offer(say && { say });
      await settle();
      decide(offered);
      expect(await offered.acceptance).toEqual(expected);
    }
  });

  test("a voice that fails, or a person who holds us for ever, is a no", async () => {
    const mute = offer({ say: () => Promise.resolve("failed") });
    expect(await mute.acceptance).toEqual({
      outcome: "failed",
      detail: "the person could not be told about the call",
    });
    const broken = offer({ say: () => Promise.reject(new Error("bug")) });
    expect(await broken.acceptance).toMatchObject({ outcome: "failed" });
    const held = offer({ say: () => new Promise(() => undefined) });
    await settle();
    held.clock.advance(120_000);
    expect(await held.acceptance).toEqual({ outcome: "failed", detail: "nobody took the call" });
  });

  test("a summary that takes long is cut short", async () => {
    const summary = Promise.withResolvers<string>();
    const offered = offer({ summary: summary.promise });
    await settle();
    offered.clock.advance(2_999);
    expect(offered.isSummaryStopped()).toBe(false);
    offered.clock.advance(1);
    expect(offered.isSummaryStopped()).toBe(true);
    summary.resolve("What he said last.");
    await settle();
    expect(offered.said).toEqual([`What he said last. ${PROMPT}`]);
    offered.press("1");
    await offered.acceptance;
  });
});

describe("handing over", () => {
  function transferring(leg: OutboundLeg): TransferringCall {
    return {
      call: { organizationId: "o", numberId: "n", calledNumber: CALL.from },
      leg,
      media: createMedia().media,
      speech: {
        speakText: () => Promise.resolve({ outcome: "spoken" }),
        summarize: () => Promise.resolve(""),
      },
      configuration: {},
      messages: () => [],
      over: new AbortController().signal,
    };
  }
  const request = { destination: CALL.to, announcement: undefined, warm: undefined };

  test("without any way out says so", async () => {
    const { leg } = createLeg();
    const ports = {
      clock: createManualClock(),
      placeCall: () => Promise.reject(new Error("must not be called")),
      findTransferRoute: () => Promise.resolve({ trunk: undefined }),
    };
    expect(await handOver(transferring(leg), request, ports)).toEqual({
      outcome: "failed",
      detail: "there is no SIP trunk to call out by",
    });
  });

  test("with a broken database brings the caller back", async () => {
    const { leg } = createLeg();
    const ports = {
      clock: createManualClock(),
      placeCall: () => Promise.reject(new Error("must not be called")),
      findTransferRoute: () => Promise.reject(new Error("no database")),
    };
    expect(await handOver(transferring(leg), request, ports)).toMatchObject({ outcome: "failed" });
  });

  test("asks before it calls, and does not ask a trunk that is set to never", async () => {
    for (const [refer, ways] of [
      ["auto", ["refer", "call"]],
      ["never", ["call"]],
    ] as const) {
      const tried: string[] = [];
      const first = createLeg();
      const second = createLeg();
      second.answer({ outcome: "failed", statusCode: 486 });
      const leg: OutboundLeg = {
        ...first.leg,
        takesTransfers: true,
        peer: CALL.trunk,
        transfer: () => (tried.push("refer"), Promise.resolve({ outcome: "refused", detail: "no" })),
      };
      const ports = {
        clock: createManualClock(),
        placeCall: () => (tried.push("call"), Promise.resolve(second.leg)),
        findTransferRoute: () => Promise.resolve({ trunk: undefined, refer }),
      };
      expect(await handOver(transferring(leg), request, ports)).toEqual({
        outcome: "failed",
        detail: "the line is busy",
      });
      expect(tried).toEqual(ways);
    }
  });
});
