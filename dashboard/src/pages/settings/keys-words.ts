import { defineWords } from "../../language/language.ts";

export const useKeysWords = defineWords({
  en: {
    title: "API keys",
    name: "Name",
    begins: "Begins with",
    created: "Made",
    used: "Last used",
    never: "Never",
    revoke: "Revoke key",
    revokeNamed: (name: string) => `Revoke ${name}`,
    revokeHelp: (name: string) =>
      `Programs that use “${name}” get no answer from then on. It cannot be undone.`,
    emptyTitle: "No API keys",
    empty: "Programs use the API with a key.",
  },
  nl: {
    title: "API-sleutels",
    name: "Naam",
    begins: "Begint met",
    created: "Gemaakt",
    used: "Laatst gebruikt",
    never: "Nooit",
    revoke: "Sleutel intrekken",
    revokeNamed: (name: string) => `${name} intrekken`,
    revokeHelp: (name: string) =>
      `Programma's die “${name}” gebruiken krijgen daarna geen antwoord meer. Dit kan niet ongedaan worden gemaakt.`,
    emptyTitle: "Geen API-sleutels",
    empty: "Programma's gebruiken de API met een sleutel.",
  },
});
