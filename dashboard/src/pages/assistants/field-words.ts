import { defineWords } from "../../language/language.ts";

/** What fields of every kind say, and units. */
export const useFieldWords = defineWords({
  en: {
    range: (min: string, max: string) => `From ${min} to ${max}.`,
    standard: (value: string) => `${value} unless set`,
    providersStandard: "As the provider does it",
    seconds: "s",
    milliseconds: "ms",
    tokens: "tokens",
    words: "words",
    attempts: "times",
    asJson: "Edit this in the JSON view.",
    toJson: "Open the JSON view",
    settingsOf: (provider: string) => `Settings of ${provider}`,
  },
  nl: {
    range: (min: string, max: string) => `Van ${min} tot ${max}.`,
    standard: (value: string) => `${value}, tenzij ingesteld`,
    providersStandard: "Zoals de aanbieder het doet",
    seconds: "s",
    milliseconds: "ms",
    tokens: "tokens",
    words: "woorden",
    attempts: "keer",
    asJson: "Bewerk dit in de JSON-weergave.",
    toJson: "JSON-weergave openen",
    settingsOf: (provider: string) => `Instellingen van ${provider}`,
  },
});
