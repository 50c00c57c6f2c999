import { defineWords } from "../../language/language.ts";

export const useJsonWords = defineWords({
  en: {
    noJson: "This is not JSON yet: what you changed here is not in the assistant until it is.",
    help: "The whole assistant, with every field that the form does not show. What you change here is changed in the form.",
    notAnObject: "must be an object",
    label: "Assistant as JSON",
  },
  nl: {
    noJson: "Dit is nog geen JSON: wat u hier wijzigde staat pas daarna in de assistent.",
    help: "De hele assistent, met elk veld dat het formulier niet toont. Wat u hier wijzigt, wijzigt in het formulier.",
    notAnObject: "moet een object zijn",
    label: "Assistent als JSON",
  },
});
