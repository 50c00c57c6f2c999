import { defineWords } from "../../language/language.ts";

export const useByokWords = defineWords({
  en: {
    help: "Keys of your own for speech, language and e-mail services. Calls of this organization use them; without one, the server's. A key goes in and never comes out.",
    has: "Key of your own",
    hasNot: "The server's",
    set: "Set a key",
    replace: "Replace",
    remove: "Remove",
    setTitle: (provider: string) => `Key for ${provider}`,
    key: "Key",
    keyHelp: "As the service shows it. It is stored encrypted and not shown again.",
    jsonHelp: "The whole service account, as JSON.",
    save: "Save",
    saved: "The key is set. New calls use it.",
    removeTitle: (provider: string) => `Remove the key for ${provider}`,
    removeHelp:
      "New calls use the server's own key again, where it has one; without one they fail at this service.",
    removeConfirm: "Remove key",
    setNamed: (provider: string) => `Set a key for ${provider}`,
  },
  nl: {
    help: "Eigen sleutels voor spraak-, taal- en e-maildiensten. Gesprekken van deze organisatie gebruiken ze; zonder, die van de server. Een sleutel gaat erin en komt er nooit uit.",
    has: "Eigen sleutel",
    hasNot: "Die van de server",
    set: "Sleutel instellen",
    replace: "Vervangen",
    remove: "Verwijderen",
    setTitle: (provider: string) => `Sleutel voor ${provider}`,
    key: "Sleutel",
    keyHelp: "Zoals de dienst hem toont. Hij wordt versleuteld bewaard en niet meer getoond.",
    jsonHelp: "Het hele serviceaccount, als JSON.",
    save: "Opslaan",
    saved: "De sleutel is ingesteld. Nieuwe gesprekken gebruiken hem.",
    removeTitle: (provider: string) => `De sleutel voor ${provider} verwijderen`,
    removeHelp:
      "Nieuwe gesprekken gebruiken weer de sleutel van de server, als die er een heeft; anders mislukken ze bij deze dienst.",
    removeConfirm: "Sleutel verwijderen",
    setNamed: (provider: string) => `Een sleutel voor ${provider} instellen`,
  },
});
