/**
 * Turns probabilities of speech, one for each window of audio, into the beginnings and ends of speech. Pure. The rules
 * and defaults are those of LiveKit's own detector, so that turn-taking behaves as its settings are documented:
 *
 *   silent ──50 ms at or above `activation`──▶ speaking ──250 ms at or below `deactivation`──▶ silent
 */
export interface SpeechDetector {
  take(probability: number): DetectedWindow;
  readonly isSpeaking: boolean;
}

export interface DetectedWindow {
  /** what this window has brought */
  change: "started" | "ended" | undefined;
  isSpeaking: boolean;
  /** since speech began, with the pauses in it; at its end, without the silence that proved it; 0 while silent */
  speechMs: number;
  /** of the silence that goes on, or that has just proved the end of speech */
  silenceMs: number;
  /** without a window in between that says otherwise: what may become a beginning, or an end */
  unbrokenSpeechMs: number;
  unbrokenSilenceMs: number;
}

/** of the network: 512 samples at 16 kHz */
export const WINDOW_MS = 32;

const MIN_SPEECH_MS = 50;
const MIN_SILENCE_MS = 250;
const ACTIVATION = 0.5;
const DEACTIVATION = 0.35;

export function createSpeechDetector(): SpeechDetector {
  let isSpeaking = false;
  let speechMs = 0;
  let silenceMs = 0;
  let unbrokenSpeechMs = 0;
  let unbrokenSilenceMs = 0;

  function isVoice(probability: number): boolean {
    return probability >= ACTIVATION || (isSpeaking && probability > DEACTIVATION);
  }

  function began(): "started" | undefined {
    unbrokenSpeechMs += WINDOW_MS;
    unbrokenSilenceMs = 0;
    if (isSpeaking || unbrokenSpeechMs < MIN_SPEECH_MS) return undefined;
    isSpeaking = true;
    silenceMs = 0;
    speechMs = unbrokenSpeechMs;
    return "started";
  }

  function paused(): "ended" | undefined {
    unbrokenSilenceMs += WINDOW_MS;
    unbrokenSpeechMs = 0;
    if (!isSpeaking || unbrokenSilenceMs < MIN_SILENCE_MS) return undefined;
    isSpeaking = false;
    silenceMs = unbrokenSilenceMs;
    speechMs = Math.max(0, speechMs - unbrokenSilenceMs);
    return "ended";
  }

  return {
    take(probability) {
      if (isSpeaking) speechMs += WINDOW_MS;
      else silenceMs += WINDOW_MS;
      const change = isVoice(probability) ? began() : paused();
      const window = { change, isSpeaking, speechMs, silenceMs, unbrokenSpeechMs, unbrokenSilenceMs };
      if (change === "ended") speechMs = 0;
      return window;
    },
    get isSpeaking() {
      return isSpeaking;
    },
  };
}
