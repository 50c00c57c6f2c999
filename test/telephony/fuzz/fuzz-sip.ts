import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createSocket, type Socket } from "node:dgram";
import { connect } from "node:net";
import { collectGarbage } from "../../harness/collect-garbage.ts";
import { openSipCallers } from "../../../bench/calls/sip-callers.ts";
import type { Clock } from "../../../src/clock.ts";
import { createLogger } from "../../../src/logger.ts";
import type { InboundLeg } from "../../../src/telephony/carrier.ts";
import type { SipCarrier } from "../../../src/telephony/sip/sip-carrier.ts";
import { createLocalCarrier } from "../../harness/local-carrier.ts";
import { createRandom, type Random } from "../../harness/seeded-random.ts";
import { validMessage, type KnownDialog } from "./corpus.ts";
import { mutate } from "./mutate.ts";
import { installVirtualTime, type VirtualTime } from "./virtual-time.ts";

export interface FuzzReport {
  messages: number;
  /** what threw or was rejected, with the message that was fed last */
  failures: string[];
  invites: number;
  malformed: number;
  answered: number;
  /** genuine calls that were set up and ended, of those placed */
  genuineCalls: number;
  genuineCallsPlaced: number;
  /** after everything has run out */
  legsLeft: number;
  timersLeft: number;
  socketsLeft: number;
  flowsLeft: number;
  /** bytes for each 1,000 messages, by a line through what was used after each tenth */
  heapSlope: number;
  rssSlope: number;
}

const BATCH = 100;
/** Of the time that passes: 1,000 messages a second, far more than a scanner sends. */
const MS_A_BATCH = 100;
/** By the real socket instead of the socket's own event: every so many batches. */
const REAL_EVERY = 10;
const STREAM_EVERY = 25;
const PEERS = 400;

/**
 * Feeds mutated messages to a carrier: most as the socket's own event, which spares the kernel, some over the socket
 * itself and over TCP. All timers are virtual, so that what a message leaves behind runs out as it would in hours.
 */
export async function fuzzSip(options: {
  messages: number;
  seed: number;
  onProgress?: (done: number) => void;
}): Promise<FuzzReport> {
  const random = createRandom(options.seed);
  const udp = watchUdpSockets();
  const time = installVirtualTime();
  const failures: string[] = [];
  let current = "";
  const onFailure = (error: unknown) => {
    if (failures.length < 20)
      failures.push(`${(error as Error).stack ?? String(error)}\nafter ${JSON.stringify(current)}`);
  };
  process.on("unhandledRejection", onFailure);
  process.on("uncaughtException", onFailure);
  const dialogs: KnownDialog[] = [];
  const legs = new Set<InboundLeg>();
  let answered = 0;
  const carrier = createLocalCarrier({
    host: "127.0.0.1",
    port: 0,
    rtpPorts: { first: 46_000, last: 46_399 },
    clock: clockOf(time),
    logger: createLogger({ level: "silent" }),
    onLeg(leg) {
      legs.add(leg);
      void leg.ended.then(() => legs.delete(leg));
      behave(leg, random, () => answered++);
    },
    trace(direction, text) {
      if (direction === "out") remember(dialogs, text);
    },
  });

  try {
    await carrier.start();
    const signalling = [...udp.open].find((socket) => addressOf(socket)?.port === carrier.port)!;
    const [socketsBefore, timersBefore] = [udp.open.size, time.pending];
    const memory: { at: number; heap: number; rss: number }[] = [];
    let genuineCalls = 0;
    let genuineCallsPlaced = 0;
    const tenth = Math.ceil(options.messages / 10 / BATCH) * BATCH;

    for (let done = 0; done < options.messages; done += BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, options.messages - done) }, (_, index) =>
        mutate(Buffer.from(validMessage(random, dialogs, done + index)), random),
      );
      if ((done / BATCH) % STREAM_EVERY === STREAM_EVERY - 1) await sendStream(carrier, batch);
      else if ((done / BATCH) % REAL_EVERY === REAL_EVERY - 1) await sendDatagrams(carrier, batch);
      else {
        for (const bytes of batch) {
          current = bytes.toString("latin1");
          signalling.emit("message", bytes, peer(random, bytes.length));
        }
      }
      time.advance(MS_A_BATCH);
      await turns(3);
      if (done % tenth !== 0 || done === 0) continue;
      genuineCallsPlaced++;
      if (await genuineCall(carrier)) genuineCalls++;
      memory.push({ at: done, ...memoryNow() });
      options.onProgress?.(done);
    }
    await runOut(time);
    genuineCallsPlaced++;
    if (await genuineCall(carrier)) genuineCalls++;
    await runOut(time);
    const { counters } = carrier;
    return {
      messages: options.messages,
      failures,
      invites: counters.invites,
      malformed: counters.malformed,
      answered,
      genuineCalls,
      genuineCallsPlaced,
      legsLeft: legs.size,
      timersLeft: time.pending - timersBefore,
      socketsLeft: udp.open.size - socketsBefore,
      flowsLeft: carrier.flows,
      heapSlope: slope(memory.map(({ at, heap }) => [at, heap])),
      rssSlope: slope(memory.map(({ at, rss }) => [at, rss])),
    };
  } finally {
    const stopped = carrier.stop();
    await runOut(time);
    await stopped;
    time.restore();
    udp.stop();
    process.off("unhandledRejection", onFailure);
    process.off("uncaughtException", onFailure);
  }
}

/** What a product does with a call: some are refused, some ring on, most are answered, and some of them hung up. */
function behave(leg: InboundLeg, random: Random, onAnswered: () => void): void {
  const choice = random();
  if (choice < 0.2) {
    leg.reject(486, "Busy Here");
    return;
  }
  leg.ring();
  if (choice < 0.3) {
    setTimeout(() => leg.reject(480, "Temporarily Unavailable"), 5_000);
    return;
  }
  void leg.answer().then((result) => {
    if (result.outcome !== "answered") return;
    onAnswered();
    result.media.onAudio(() => undefined);
    result.media.onDigit(() => undefined);
  });
  setTimeout(() => void leg.hangUp(), 100 + random() * 3_000);
}

function remember(dialogs: KnownDialog[], text: string): void {
  const toTag = /^To:[^\r\n]*;tag=([^\s;]+)/im.exec(text)?.[1];
  const callId = /^Call-ID:\s*(\S+)/im.exec(text)?.[1];
  if (!text.startsWith("SIP/2.0 2") || !toTag || !callId) return;
  dialogs.push({ callId, toTag });
  if (dialogs.length > 50) dialogs.shift();
}

function clockOf(time: VirtualTime): Clock {
  return {
    now: () => new Date(1_700_000_000_000 + time.nowMs),
    monotonicMs: () => time.nowMs,
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  };
}

function peer(random: Random, size: number) {
  return { address: "127.0.0.1", family: "IPv4" as const, port: 1_024 + Math.floor(random() * PEERS), size };
}

/** A whole call over real sockets, in the middle of it all. */
async function genuineCall(carrier: SipCarrier): Promise<boolean> {
  const callers = await openSipCallers({ address: "127.0.0.1", port: carrier.port });
  const reached = new Set<string>();
  const dialog = callers.place({
    callId: `genuine${performance.now()}`,
    to: "+31850835037",
    from: "+31612345678",
    rtpPort: 9,
    events: {
      onRinging: () => reached.add("ringing"),
      onAnswered: () => reached.add("answered"),
      onRefused: () => reached.add("refused"),
      onEnded: () => reached.add("ended"),
    },
  });
  dialog.invite();
  // The carrier's owner refuses one in five and lets one in ten ring: that is an answer too.
  await until(() => reached.size > 0);
  await until(() => reached.has("answered") || reached.has("refused"), 200);
  if (reached.has("answered")) dialog.bye();
  else dialog.cancel();
  await until(() => reached.has("ended"));
  await callers.close();
  return reached.has("ended");
}

async function sendDatagrams(carrier: SipCarrier, batch: readonly Buffer[]): Promise<void> {
  const socket = createSocket("udp4");
  for (const bytes of batch) {
    await new Promise<void>((resolve) => socket.send(bytes, carrier.port, "127.0.0.1", () => resolve()));
  }
  await turns(20);
  await new Promise<void>((resolve) => socket.close(() => resolve()));
}

/** One connection: a message that breaks the framing ends it, as it should, and the rest goes nowhere. */
async function sendStream(carrier: SipCarrier, batch: readonly Buffer[]): Promise<void> {
  for (let at = 0; at < batch.length; at += 10) {
    const socket = connect(carrier.port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.resume();
    for (const bytes of batch.slice(at, at + 10)) socket.write(bytes);
    await turns(10);
    socket.destroy();
    await turns(2);
  }
}

/** Everything that a message can leave behind is gone in two minutes: 64 × T1 twice, a sweep, an idle flow. */
async function runOut(time: VirtualTime): Promise<void> {
  for (let seconds = 0; seconds < 300; seconds++) {
    time.advance(1_000);
    await turns(2);
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function until(isDone: () => boolean, most = 5_000): Promise<void> {
  for (let turn = 0; turn < most && !isDone(); turn++) await turns(1);
}

/** Node tells of each UDP socket that is made; what is closed tells itself. */
function watchUdpSockets() {
  const open = new Set<Socket>();
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  };
  subscribe("udp.socket", onSocket);
  return { open, stop: () => unsubscribe("udp.socket", onSocket) };
}

function addressOf(socket: Socket): { port: number } | undefined {
  try {
    return socket.address();
  } catch {
    // Not bound yet, or closed.
    return undefined;
  }
}

function memoryNow(): { heap: number; rss: number } {
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed, rss };
}

/** Least squares, per 1,000; the first two tenths are warm-up. */
function slope(points: readonly (readonly [number, number])[]): number {
  const kept = points.slice(2);
  if (kept.length < 2) return 0;
  const mean = (at: 0 | 1) => kept.reduce((total, point) => total + point[at], 0) / kept.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const over = kept.reduce((total, [x, y]) => total + (x - meanX) * (y - meanY), 0);
  const under = kept.reduce((total, [x]) => total + (x - meanX) ** 2, 0);
  return (over / under) * 1_000;
}
