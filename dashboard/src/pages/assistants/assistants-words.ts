import { defineWords } from "../../language/language.ts";

export const useAssistantsWords = defineWords({
  en: {
    title: "Assistants",
    description: "Who answers: language model, speech, voice, tools.",
    name: "Name",
    model: "Model",
    voice: "Voice",
    status: "Status",
    active: "Active",
    inactive: "Inactive",
    changed: "Changed",
    emptyTitle: "No assistants yet",
    empty:
      "An assistant is what answers a call: what it says first, which model thinks, and which voice speaks.",
  },
  nl: {
    title: "Assistenten",
    description: "Wie antwoordt: taalmodel, spraak, stem, hulpmiddelen.",
    name: "Naam",
    model: "Model",
    voice: "Stem",
    status: "Status",
    active: "Actief",
    inactive: "Inactief",
    changed: "Gewijzigd",
    emptyTitle: "Nog geen assistenten",
    empty: "Een assistent neemt een gesprek aan: wat hij eerst zegt, welk model denkt en welke stem spreekt.",
  },
});
