import type { CallerAudio } from "./caller-audio.ts";
import type { CallWire } from "./call-wire.ts";
import { createFrameLateness } from "./frame-lateness.ts";

/** What one call is told of, each with its moment on the generator's clock. */
export interface TalkSamples {
  /** ms behind the 20 ms timeline, of each frame that came */
  lateness: number[];
  /** end of the caller's speech to the first loud frame of the reply, ms */
  replies: number[];
  /** beginning of the caller's speech to the last loud frame of what he interrupted, ms */
  interruptions: number[];
  /** ms by which our own frames left late */
  sendLateness: number[];
  received: number;
  sent: number;
  /** frames of ours that were let go because we were too late */
  skipped: number;
  /** nobody answered within five seconds */
  unanswered: number;
  /** the assistant talked on while he spoke */
  notInterrupted: number;
}

export function noSamples(): TalkSamples {
  return {
    lateness: [],
    replies: [],
    interruptions: [],
    sendLateness: [],
    received: 0,
    sent: 0,
    skipped: 0,
    unanswered: 0,
    notInterrupted: 0,
  };
}

/** A caller who is connected: speaks, waits for the reply, hears it out or interrupts it, rests, and speaks again. */
export interface TalkingCall {
  /** Sends what is due. */
  tick(nowMs: number): void;
  samples: TalkSamples;
  close(): void;
}

const FRAME_MS = 20;
const REPLY_WITHIN_MS = 5_000;
const REST_MS = 1_500;
const INTERRUPT_AFTER_MS = 1_200;
/** without a loud frame for this long: the reply is over */
const QUIET_MS = 350;
/** 100 ms behind, our own frames are let go: sent in a burst they would measure something else */
const MOST_BEHIND_MS = 100;

type State =
  | { name: "resting"; untilMs: number }
  | { name: "speaking"; utterance: Uint8Array[]; frame: number; interrupts: boolean; beganMs: number }
  | { name: "waiting"; spokeUntilMs: number }
  | { name: "listening"; sinceMs: number; interrupts: boolean };

export function startTalkingCall(options: {
  wire: CallWire;
  audio: CallerAudio;
  /** callers differ by it: what they say, when they begin */
  index: number;
  nowMs: number;
}): TalkingCall {
  const { wire, audio, index } = options;
  const lateness = createFrameLateness();
  let state: State = { name: "resting", untilMs: options.nowMs + 500 + ((index * 377) % 4_000) };
  let turns = index;
  let dueMs = options.nowMs;
  let frames = 0;
  let timestamp = index * 16_000;
  let lastLoudMs = Number.NEGATIVE_INFINITY;

  const call: TalkingCall = {
    samples: noSamples(),
    tick(nowMs) {
      if (nowMs - dueMs > MOST_BEHIND_MS) {
        const skipped = Math.floor((nowMs - dueMs) / FRAME_MS);
        call.samples.skipped += skipped;
        dueMs += skipped * FRAME_MS;
        timestamp = (timestamp + skipped * wire.ticksPerFrame) >>> 0;
      }
      while (dueMs <= nowMs) {
        call.samples.sendLateness.push(nowMs - dueMs);
        send(nextFrame(nowMs));
        dueMs += FRAME_MS;
      }
    },
    close: () => wire.close(),
  };

  function send(payload: Uint8Array): void {
    wire.send(payload, { sequence: frames & 0xffff, timestamp });
    frames++;
    timestamp = (timestamp + wire.ticksPerFrame) >>> 0;
    call.samples.sent++;
  }

  function nextFrame(nowMs: number): Uint8Array {
    advance(nowMs);
    if (state.name === "speaking") {
      const frame = state.utterance[state.frame++]!;
      if (state.frame === state.utterance.length) finishSpeaking(state, nowMs);
      return frame;
    }
    return audio.noise[frames % audio.noise.length]!;
  }

  /** What only the clock changes. */
  function advance(nowMs: number): void {
    if (state.name === "resting" && nowMs >= state.untilMs) speak(nowMs, false);
    else if (state.name === "waiting" && nowMs - state.spokeUntilMs > REPLY_WITHIN_MS) {
      call.samples.unanswered++;
      rest(nowMs);
    } else if (state.name === "listening") {
      if (nowMs - lastLoudMs > QUIET_MS) rest(nowMs);
      else if (state.interrupts && nowMs - state.sinceMs > INTERRUPT_AFTER_MS) speak(nowMs, true);
    }
  }

  function speak(nowMs: number, interrupts: boolean): void {
    const utterance = audio.utterances[turns++ % audio.utterances.length]!;
    state = { name: "speaking", utterance, frame: 0, interrupts, beganMs: nowMs };
  }

  function rest(nowMs: number): void {
    state = { name: "resting", untilMs: nowMs + REST_MS };
  }

  function finishSpeaking(spoken: Extract<State, { name: "speaking" }>, nowMs: number): void {
    if (spoken.interrupts) {
      if (nowMs - lastLoudMs < QUIET_MS) {
        // What is heard from here on is the old reply: nothing to be measured by.
        call.samples.notInterrupted++;
        return rest(nowMs);
      }
      call.samples.interruptions.push(Math.max(0, lastLoudMs - spoken.beganMs));
    }
    state = { name: "waiting", spokeUntilMs: nowMs };
    return undefined;
  }

  wire.onFrame((receivedTimestamp, isLoud) => {
    const nowMs = performance.now();
    call.samples.received++;
    call.samples.lateness.push(lateness.take(receivedTimestamp, nowMs));
    if (!isLoud) return;
    lastLoudMs = nowMs;
    if (state.name !== "waiting") return;
    call.samples.replies.push(nowMs - state.spokeUntilMs);
    // Every other reply is interrupted.
    state = { name: "listening", sinceMs: nowMs, interrupts: turns % 2 === 0 };
  });
  return call;
}
