import type { voice } from "@livekit/agents";
import type { Clock } from "../clock.ts";
import type { CallAudioInput } from "./audio-input.ts";

/** A model that has not begun to speak by then is spoken for. */
const REPLY_WITHIN_MS = 3_000;

/** While a caller is put through to somebody else, the assistant is deaf and mute. */
export interface Hold {
  readonly isOn: boolean;
  begin(): void;
  end(): void;
  /** A transfer is the tool of this speech: it is not what has to be silenced. */
  spare(speech: voice.SpeechHandle): void;
  /** The caller hears something soon: the model's own words, or a fixed sentence. */
  expectReply(): void;
  /** The model has nothing to say. @returns whether the fixed sentence was due, and is said now */
  noReply(): boolean;
  /** the session made a speech */
  onSpeech(speech: voice.SpeechHandle): void;
  /** the session is heard, or the caller has begun to speak */
  onSpeaking(): void;
  stop(): void;
}

export function createHold(options: {
  session: voice.AgentSession;
  input: CallAudioInput;
  clock: Clock;
  /** says that the transfer failed */
  onNoReply: () => void;
}): Hold {
  const { session, input, clock } = options;
  let isOn = false;
  let spared: voice.SpeechHandle | undefined;
  let last: voice.SpeechHandle | undefined;
  let cancelReplyTimer: (() => void) | undefined;

  function cancelReply(): void {
    cancelReplyTimer?.();
    cancelReplyTimer = undefined;
  }

  function replyInstead(): void {
    cancelReply();
    // A reply that hangs would hold the sentence up: they are spoken one after the other.
    if (last && !last.done()) last.interrupt(true);
    options.onNoReply();
  }

  function silence(speech: voice.SpeechHandle | undefined): void {
    if (speech && speech !== spared && !speech.done()) speech.interrupt(true);
  }

  return {
    get isOn() {
      return isOn;
    },
    begin() {
      isOn = true;
      cancelReply();
      input.mute(true);
      // What the caller has begun to say is for nobody any more.
      session.clearUserTurn();
      silence(last);
    },
    end() {
      isOn = false;
      input.mute(false);
    },
    spare(speech) {
      spared = speech;
    },
    expectReply() {
      cancelReply();
      // Of two transfers at once one fails at once; the other has the caller.
      if (isOn) return;
      cancelReplyTimer = clock.after(REPLY_WITHIN_MS, replyInstead);
    },
    noReply() {
      if (!cancelReplyTimer) return false;
      replyInstead();
      return true;
    },
    onSpeech(speech) {
      last = speech;
      if (isOn) silence(speech);
    },
    onSpeaking: cancelReply,
    stop: cancelReply,
  };
}
