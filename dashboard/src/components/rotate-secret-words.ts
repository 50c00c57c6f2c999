import { defineWords } from "../language/language.ts";

export const useRotateSecretWords = defineWords({
  en: {
    title: "Replace the secret",
    help: "During the overlap every request carries two signatures, by the new and by the old secret. Let your receiver take either, replace the secret, give it the new one, and nothing is lost.",
    overlap: "Overlap",
    overlap0: "None: the old secret is worth nothing at once",
    overlap3600: "One hour",
    overlap86400: "One day",
    overlap604800: "One week",
    own: "A secret of your own",
    ownHelp: "Leave it empty, and one is made: that is the best.",
    replace: "Replace",
    newTitle: "The new secret",
    newHelp: "It is shown here once. Give it to your receiver now.",
    done: "I have it",
  },
  nl: {
    title: "Het geheim vervangen",
    help: "Tijdens de overlap heeft elk verzoek twee handtekeningen, van het nieuwe en van het oude geheim. Laat uw ontvanger beide aannemen, vervang het geheim, geef hem het nieuwe, en er gaat niets verloren.",
    overlap: "Overlap",
    overlap0: "Geen: het oude geheim is meteen niets meer waard",
    overlap3600: "Een uur",
    overlap86400: "Een dag",
    overlap604800: "Een week",
    own: "Een geheim van uzelf",
    ownHelp: "Laat het leeg, dan wordt er een gemaakt: dat is het beste.",
    replace: "Vervangen",
    newTitle: "Het nieuwe geheim",
    newHelp: "Het wordt hier één keer getoond. Geef het nu aan uw ontvanger.",
    done: "Ik heb het",
  },
});
