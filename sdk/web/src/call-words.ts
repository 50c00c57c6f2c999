import type { WebCallState } from "./web-call.ts";

/** Everything that the element says, to the eye or to a screen reader. */
export interface CallWords {
  call: string;
  start: string;
  end: string;
  mute: string;
  unmute: string;
  playSound: string;
  microphoneLevel: string;
  transcript: string;
  caller: string;
  assistant: string;
  typeHere: string;
  send: string;
  noMicrophone: string;
  states: Record<WebCallState, string>;
}

const en: CallWords = {
  call: "Call",
  start: "Start the call",
  end: "End the call",
  mute: "Mute",
  unmute: "Unmute",
  playSound: "Turn the sound on",
  microphoneLevel: "Your microphone",
  transcript: "What was said",
  caller: "You",
  assistant: "Assistant",
  typeHere: "Type instead of speaking",
  send: "Send",
  noMicrophone: "There is no microphone, or it was not allowed. You can listen and type.",
  states: {
    idle: "",
    connecting: "Connecting…",
    live: "Connected",
    reconnecting: "The connection was lost. Trying again…",
    ended: "The call is over.",
    failed: "The call did not work.",
  },
};

const nl: CallWords = {
  call: "Gesprek",
  start: "Start het gesprek",
  end: "Beëindig het gesprek",
  mute: "Microfoon uit",
  unmute: "Microfoon aan",
  playSound: "Zet het geluid aan",
  microphoneLevel: "Uw microfoon",
  transcript: "Wat er is gezegd",
  caller: "U",
  assistant: "Assistent",
  typeHere: "Typ in plaats van te spreken",
  send: "Verstuur",
  noMicrophone: "Er is geen microfoon, of u heeft hem niet toegestaan. U kunt luisteren en typen.",
  states: {
    idle: "",
    connecting: "Verbinden…",
    live: "Verbonden",
    reconnecting: "De verbinding is weggevallen. We proberen het opnieuw…",
    ended: "Het gesprek is voorbij.",
    failed: "Het gesprek is niet gelukt.",
  },
};

/** @param language  such as `nl-BE`; one that is not there is English */
export function wordsIn(language: string): CallWords {
  return /^nl\b/i.test(language) ? nl : en;
}
