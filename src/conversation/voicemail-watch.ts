import { createBeepDetector } from "../telephony/tones/beep-detector.ts";
import type { LiveConversation } from "./live-conversation.ts";
import { isVoicemailGreeting, voicemailSettingsOf } from "./voicemail.ts";

/** A beep after this is none of a mailbox's. */
const OPENING_MS = 30_000;
/** After a beep that no words have announced: a person would go on speaking. */
const QUIET_AFTER_BEEP_MS = 1_500;
/** No beep comes, and the greeting is over: the mailbox has none, or it was not heard. */
const QUIET_AFTER_GREETING_MS = 4_000;
const BEEP_WITHIN_MS = 30_000;
/** A message is left to its end, within reason. */
const MESSAGE_WITHIN_MS = 120_000;

/**
 * Looks for a mailbox at the other end of an outbound call (facts 11.1).
 *
 *   opening ── first utterance has an indicator ──▶ greeting ── beep, or quiet ──▶ message, hang-up
 *      │                                                          ▲
 *      └────── beep, and nobody goes on speaking ─────────────────┘
 *
 * Without a message it hangs up where it would wait for the beep.
 */
export function watchVoicemail(conversation: LiveConversation): void {
  const { request, configuration, agent, input, floor, speaker, transcript, ending, clock } = conversation;
  const settings = voicemailSettingsOf(configuration, request.direction);
  if (!settings) return;
  const detector = createBeepDetector();
  let phase: "opening" | "greeting" = "opening";
  let isFirstUtterance = true;
  /** a beep was heard, and nothing was said since */
  let hasBeeped = false;
  let cancelQuiet: () => void = () => undefined;
  let cancelBeep: () => void = () => undefined;
  /** what the mailbox has said is in the transcript */
  let isTold: Promise<void> = Promise.resolve();

  function leaveMessage(): void {
    const { message } = settings!;
    const lastWords = async () => {
      await isTold;
      if (message !== undefined) await speaker.say(message, { isInterruptible: false });
    };
    ending.hangUp({ reason: "voicemail" }, lastWords, MESSAGE_WITHIN_MS);
  }

  function found(): void {
    phase = "greeting";
    request.events.onActivity?.({ type: "voicemail-detected" });
    // Nobody is spoken to any more: the opener stops, and a mailbox's silence is no caller's.
    floor.set({ isHeld: true });
    speaker.interrupt();
    cancelBeep();
    cancelBeep = clock.after(BEEP_WITHIN_MS, leaveMessage);
    waitForQuiet();
  }

  function waitForQuiet(): void {
    cancelQuiet();
    if (!floor.state.isCallerSpeaking) cancelQuiet = clock.after(QUIET_AFTER_GREETING_MS, leaveMessage);
  }

  /** The cut-off opener first, which the session tells of once it has stopped. */
  function tell(content: string): void {
    isTold = isTold.then(() => speaker.untilSaid()).then(() => transcript.add({ role: "user", content }));
  }

  function afterBeep(): void {
    if (!hasBeeped || phase !== "opening") return;
    found();
    leaveMessage();
  }

  agent.userTurnRules.push((text) => {
    if (ending.begun.aborted) return "pass";
    const isChecked = isFirstUtterance && phase === "opening";
    isFirstUtterance = false;
    const isFound = isChecked && isVoicemailGreeting(text);
    if (phase === "opening" && !isFound) return "pass";
    if (isFound) found();
    tell(text);
    if (isFound && (settings.message === undefined || hasBeeped)) leaveMessage();
    return "taken";
  });

  const forgetAudio = input.onFrame((frame) => {
    if (!detector.push(frame)) return;
    hasBeeped = true;
    cancelBeep();
    if (phase === "greeting") return leaveMessage();
    // Whether it was a mailbox's is known in a moment; until then nobody is owed a sound.
    floor.set({ isHeld: true });
    cancelBeep = clock.after(QUIET_AFTER_BEEP_MS, afterBeep);
  });
  const forgetFloor = floor.onChange((state, before) => {
    if (state.isCallerSpeaking === before.isCallerSpeaking) return;
    if (state.isCallerSpeaking) {
      if (hasBeeped && phase === "opening") floor.set({ isHeld: false });
      hasBeeped = false;
    }
    if (phase === "greeting") waitForQuiet();
  });
  const cancelOpening = clock.after(OPENING_MS, () => phase === "opening" && stop());

  function stop(): void {
    cancelOpening();
    forgetAudio();
    forgetFloor();
    cancelQuiet();
    cancelBeep();
  }
  ending.begun.addEventListener("abort", stop, { once: true });
}
