import { expect, test } from "vitest";
import type { TranscriptMessage } from "./conversation.ts";
import { isVoicemailGreeting, voicemailSettingsOf, voicemailSummary } from "./voicemail.ts";

test.each([
  ["Hi, you've reached the voicemail of John.", true],
  ["Please LEAVE A MESSAGE.", true],
  ["Please record your message", true],
  ["I am currently unavailable", true],
  ["John is not available right now", true],
  ["Sorry, we are not here.", true],
  ["Speak after the tone", true],
  ["…after the beep!", true],
  ["To page this person, press star", true],
  ["Speak your message", true],
  ["Please call back later.", true],
  ["This mailbox is full", true],
  ["Beep", true],
  ["I have a message for you", true],
  ["Dit is de voicemail van Jan", true],
  ["Spreek een bericht in na de piep", true],
  ["Jan is niet bereikbaar, laat een bericht achter", true],
  ["Bitte hinterlassen Sie eine Nachricht nach dem Signalton", true],
  ["Der Teilnehmer ist nicht erreichbar", true],
  ["Wir sind nicht verfu\u0308gbar", true],
  ["Hello?", false],
  ["Yes, John speaking.", false],
  ["Hallo, met Jan", false],
  ["Who is this?", false],
  ["Ja bitte?", false],
  ["", false],
] as const)("%s is a mailbox: %s", (utterance, expected) => {
  expect(isVoicemailGreeting(utterance)).toBe(expected);
});

test.each([
  ["outbound", { voicemail_detection: true, voicemail_message: "Call us." }, { message: "Call us." }],
  ["outbound", { voicemail_detection: true, voicemail_message: " " }, { message: undefined }],
  ["outbound", { voicemail_detection: true, voicemail_message: null }, { message: undefined }],
  ["outbound", { voicemail_detection: true }, { message: undefined }],
  ["outbound", { voicemail_detection: false, voicemail_message: "Call us." }, undefined],
  ["outbound", {}, undefined],
  ["inbound", { voicemail_detection: true }, undefined],
  [undefined, { voicemail_detection: true }, undefined],
] as const)("%s, %j: %j", (direction, configuration, expected) => {
  expect(voicemailSettingsOf(configuration, direction)).toEqual(expected);
});

const greeting: TranscriptMessage = { role: "user", content: "Leave a message." };
const opener: TranscriptMessage = { role: "assistant", content: "Hello, this is the desk." };
const left: TranscriptMessage = { role: "assistant", content: "Please call us." };

test.each<[TranscriptMessage[], string | null, string]>([
  [[opener, greeting, left], "Please call us.", "Voicemail detected. Left message: Please call us."],
  [
    [greeting, { role: "assistant", content: "Please call" }],
    "Please call us.",
    "Voicemail detected. Left message: Please call",
  ],
  [[opener, greeting], "Please call us.", "Voicemail detected. No message was left."],
  [[opener], "Please call us.", "Voicemail detected. No message was left."],
  [[opener, greeting], null, "Voicemail detected. No message was left."],
  [[], "Please call us.", "Voicemail detected. No message was left."],
])("the summary of %j", (messages, voicemail_message, expected) => {
  expect(voicemailSummary(messages, { voicemail_message })).toBe(expected);
});
