import { defineWords } from "../../language/language.ts";

export const useSecretWords = defineWords({
  en: {
    title: "Secret",
    help: "Every request is signed with it, so that your receiver can tell that it comes from here.",
    show: "Show the secret",
    hide: "Hide the secret",
    ownersOnly: "Owners see and change it.",
    previous: (until: string) => `An earlier secret signs as well, until ${until}.`,
    rotate: "Replace the secret…",
    yourSecret: "Secret",
  },
  nl: {
    title: "Geheim",
    help: "Elk verzoek is ermee ondertekend, zodat uw ontvanger weet dat het hiervandaan komt.",
    show: "Het geheim tonen",
    hide: "Het geheim verbergen",
    ownersOnly: "Eigenaars zien en wijzigen het.",
    previous: (until: string) => `Een eerder geheim ondertekent ook, tot ${until}.`,
    rotate: "Het geheim vervangen…",
    yourSecret: "Geheim",
  },
});
