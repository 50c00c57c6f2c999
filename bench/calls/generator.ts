import { setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { renderCallerAudio } from "./caller-audio.ts";
import { openTelephoneWire } from "./call-wire.ts";
import { framesOf } from "./g711-loudness.ts";
import type { CallsToAdd, Figures, GeneratorCommand } from "./generator-process.ts";
import { bindUdp, openSipCallers } from "./sip-callers.ts";
import { noSamples, startTalkingCall, type TalkingCall } from "./talking-call.ts";
import { joinAsBrowser, opusFramesOf, type WebCallToJoin } from "./web-caller.ts";

// The callers of `npm run bench:calls`, in a process of their own; `generator-process.ts` is its other end.

const CALL_WITHIN_MS = 20_000;
const HANG_UP_WITHIN_MS = 5_000;

try {
  // Who measures goes first, else it measures how long itself had to wait for a core.
  setPriority(-15);
} catch {
  // Only root may; the run says it when it was too slow.
}
interface RunningCall {
  talking: TalkingCall;
  isOver(): boolean;
  hangUp(): void;
}

const calls: RunningCall[] = [];
let setUp = noSetUp();
let placed = 0;
let callers: Awaited<ReturnType<typeof openSipCallers>> | undefined;
let cpu = process.cpuUsage();
let measuredFromMs = performance.now();
let isOver = false;

function noSetUp() {
  return { ringing: [] as number[], answered: [] as number[], refused: 0, lost: 0 };
}

/** One timer for all: every call has its own 20 ms. A timer each would wake us sixty times as often. */
function tick(): void {
  if (isOver) return;
  const nowMs = performance.now();
  for (const { talking } of calls) talking.tick(nowMs);
  setTimeout(tick, 1);
}
tick();
/** Rendered before the first call of its kind; it takes a second. */
const audioFor = {
  sip: lazily(() => renderCallerAudio(framesOf)),
  web: lazily(() => renderCallerAudio(opusFramesOf)),
};

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** A browser joins a call that is open. */
async function join(call: WebCallToJoin): Promise<void> {
  const index = placed++;
  const audio = await audioFor.web();
  const startedMs = performance.now();
  try {
    const caller = await joinAsBrowser(call, 0x10000 + index, () =>
      setUp.ringing.push(performance.now() - startedMs),
    );
    const nowMs = performance.now();
    setUp.answered.push(nowMs - startedMs);
    calls.push({
      talking: startTalkingCall({ wire: caller.wire, audio, index, nowMs }),
      isOver: () => caller.isOver,
      hangUp: caller.leave,
    });
  } catch (error) {
    console.error(error);
    setUp.lost++;
  }
}

async function place(to: string): Promise<void> {
  const index = placed++;
  const audio = await audioFor.sip();
  const socket = await bindUdp();
  const startedMs = performance.now();
  return new Promise((resolve) => {
    const timer = setTimeout(() => failed("lost"), CALL_WITHIN_MS);
    let isSettled = false;
    function failed(how: "refused" | "lost"): void {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      setUp[how]++;
      socket.close();
      resolve();
    }
    const dialog = callers!.place({
      callId: `load${process.pid}-${index}`,
      to,
      from: `+316${String(10_000_000 + index)}`,
      rtpPort: socket.address().port,
      events: {
        onRinging: () => setUp.ringing.push(performance.now() - startedMs),
        onRefused: () => failed("refused"),
        onEnded: () => failed("lost"),
        onAnswered(remote) {
          if (isSettled) return;
          isSettled = true;
          clearTimeout(timer);
          const nowMs = performance.now();
          setUp.answered.push(nowMs - startedMs);
          const wire = openTelephoneWire(socket, remote, 0x10000 + index);
          calls.push({
            talking: startTalkingCall({ wire, audio, index, nowMs }),
            isOver: () => dialog.isOver,
            hangUp: () => dialog.bye(),
          });
          resolve();
        },
      },
    });
    dialog.invite();
  });
}

async function add(wanted: CallsToAdd, perSecond: number): Promise<void> {
  await audioFor[wanted.via]();
  const placing: Promise<void>[] = [];
  if (wanted.via === "web") {
    for (const call of wanted.calls) {
      placing.push(join(call));
      await sleep(1_000 / perSecond);
    }
  } else {
    callers ??= await openSipCallers({ address: "127.0.0.1", port: wanted.sipPort });
    for (let count = 0; count < wanted.count; count++) {
      placing.push(place(wanted.to));
      await sleep(1_000 / perSecond);
    }
  }
  await Promise.all(placing);
}

function report(): Figures {
  const wallMs = performance.now() - measuredFromMs;
  const used = process.cpuUsage(cpu);
  const total = noSamples();
  for (const { talking } of calls) {
    const { samples } = talking;
    for (const name of ["lateness", "replies", "interruptions", "sendLateness"] as const) {
      for (const sample of samples[name]) total[name].push(sample);
    }
    for (const name of ["received", "sent", "skipped", "unanswered", "notInterrupted"] as const) {
      total[name] += samples[name];
    }
  }
  return {
    calls: calls.filter((call) => !call.isOver()).length,
    cut: calls.filter((call) => call.isOver()).length,
    setUp,
    talk: total,
    latenessByCall: calls.map(({ talking }) => talking.samples.lateness),
    wallMs,
    ownCores: (used.user + used.system) / 1_000 / wallMs,
  };
}

async function hangUp(): Promise<void> {
  isOver = true;
  for (const call of calls) {
    call.talking.close();
    call.hangUp();
  }
  const deadline = Date.now() + HANG_UP_WITHIN_MS;
  while (callers && callers.running > 0 && Date.now() < deadline) await sleep(50);
  process.exit(0);
}

process.on("message", (command: GeneratorCommand) => {
  void (async () => {
    switch (command.type) {
      case "add":
        setUp = noSetUp();
        await add(command.calls, command.perSecond);
        process.send!("added");
        return;
      case "measure":
        for (const { talking } of calls) talking.samples = noSamples();
        cpu = process.cpuUsage();
        measuredFromMs = performance.now();
        process.send!("measuring");
        return;
      case "report":
        process.send!(report());
        return;
      case "hang-up":
        await hangUp();
    }
  })();
});
process.on("disconnect", () => process.exit(0));
process.send!("ready");
