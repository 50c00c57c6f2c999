import { defineWords } from "../../language/language.ts";

export const useVersionsWords = defineWords({
  en: {
    list: "Versions",
    version: (number: string) => `Version ${number}`,
    today: "Today's",
    by: (who: string) => `by ${who}`,
    choose: "Choose a version to compare it with today's.",
    only: "This is the first version. Every change that is saved makes a new one.",
    comparedWith: (number: string) => `Version ${number}, compared with today's`,
    legend: "Lines with − are in that version only, lines with + in today's only.",
    same: "It is the same as today's.",
    unsaved: "You have unsaved changes: save or discard them before you restore a version.",
    restore: "Restore this version",
    restoreTitle: (number: string) => `Restore version ${number}`,
    restoreHelp:
      "The assistant becomes what it was then, from the next call on. Secrets stay as they are. It is a new version, so that you can come back.",
    restored: (number: string) => `Version ${number} is restored`,
    unchanged: (count: string) => `${count} lines that are the same`,
    removed: "Only then:",
    added: "Only today:",
  },
  nl: {
    list: "Versies",
    version: (number: string) => `Versie ${number}`,
    today: "Die van nu",
    by: (who: string) => `door ${who}`,
    choose: "Kies een versie om die met de huidige te vergelijken.",
    only: "Dit is de eerste versie. Elke wijziging die wordt opgeslagen maakt een nieuwe.",
    comparedWith: (number: string) => `Versie ${number}, vergeleken met de huidige`,
    legend: "Regels met − staan alleen in die versie, regels met + alleen in de huidige.",
    same: "Ze is gelijk aan de huidige.",
    unsaved: "U hebt niet-opgeslagen wijzigingen: sla ze op of verwerp ze voordat u een versie terugzet.",
    restore: "Deze versie terugzetten",
    restoreTitle: (number: string) => `Versie ${number} terugzetten`,
    restoreHelp:
      "De assistent wordt wat hij toen was, vanaf het volgende gesprek. Geheimen blijven zoals ze zijn. Het wordt een nieuwe versie, zodat u terug kunt.",
    restored: (number: string) => `Versie ${number} is teruggezet`,
    unchanged: (count: string) => `${count} regels die gelijk zijn`,
    removed: "Alleen toen:",
    added: "Alleen nu:",
  },
});
