import { defineWords } from "../../language/language.ts";

export const useOrganizationWords = defineWords({
  en: {
    name: "Name",
    balance: "Minutes left",
    unlimited: "Unlimited",
    usage: "Minutes this month",
    assistants: "Active assistants",
    numbers: "Active numbers",
    calls: "Calls now",
  },
  nl: {
    name: "Naam",
    balance: "Minuten over",
    unlimited: "Onbeperkt",
    usage: "Minuten deze maand",
    assistants: "Actieve assistenten",
    numbers: "Actieve nummers",
    calls: "Gesprekken nu",
  },
});
