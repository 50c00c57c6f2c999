import { defineWords } from "../../language/language.ts";

export const useOrganizationsWords = defineWords({
  en: {
    list: "Organizations under this one",
    help: "One for each customer of yours. They see nothing of each other or of you, and talk on your minutes.",
    add: "New organization",
    name: "Name",
    nameHelp: "Your customer, as you know them.",
    create: "Make organization",
    keyTitle: (name: string) => `The API key of ${name}`,
    keyHelp:
      "The programs of this organization use the API with it. It is shown here once. Keep it where secrets are kept.",
    done: "I have it",
    created: "Made",
    open: "Open",
    openNamed: (name: string) => `Open ${name}`,
    emptyTitle: "No organizations under this one",
    empty:
      "Each is for a customer of yours: it has its own assistants, numbers, keys and people, sees nothing of you, and talks on your minutes.",
    childTitle: "This organization is under another",
    child: "It talks on the other’s minutes, and cannot have organizations of its own.",
  },
  nl: {
    list: "Organisaties onder deze",
    help: "Een voor elke klant van u. Ze zien niets van elkaar of van u, en bellen op uw minuten.",
    add: "Nieuwe organisatie",
    name: "Naam",
    nameHelp: "Uw klant, zoals u hem kent.",
    create: "Organisatie maken",
    keyTitle: (name: string) => `De API-sleutel van ${name}`,
    keyHelp:
      "De programma's van deze organisatie gebruiken de API ermee. Hij wordt hier één keer getoond. Bewaar hem waar geheimen bewaard worden.",
    done: "Ik heb hem",
    created: "Gemaakt",
    open: "Openen",
    openNamed: (name: string) => `${name} openen`,
    emptyTitle: "Geen organisaties onder deze",
    empty:
      "Elk is voor een klant van u: met eigen assistenten, nummers, sleutels en mensen. De klant ziet niets van u en belt op uw minuten.",
    childTitle: "Deze organisatie valt onder een andere",
    child: "Zij belt op de minuten van de andere en kan geen eigen organisaties hebben.",
  },
});
