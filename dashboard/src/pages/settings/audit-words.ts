import { defineWords } from "../../language/language.ts";

export const useAuditWords = defineWords({
  en: {
    list: "Audit log",
    help: "Who did what, when and from where. Nobody can change it here.",
    ownersOnly: "Owners of the organization see the audit log.",
    when: "When",
    who: "Who",
    what: "What",
    detail: "Details",
    from: "From",
    key: (name: string) => `API key ${name}`,
    nobody: "Nobody signed in",
    emptyTitle: "Nothing yet",
    empty: "Sign-ins, keys, secrets, people, deletions and changed settings are written down here.",
  },
  nl: {
    list: "Auditlogboek",
    help: "Wie wat deed, wanneer en waarvandaan. Niemand kan het hier wijzigen.",
    ownersOnly: "Eigenaars van de organisatie zien het auditlogboek.",
    when: "Wanneer",
    who: "Wie",
    what: "Wat",
    detail: "Bijzonderheden",
    from: "Vanaf",
    key: (name: string) => `API-sleutel ${name}`,
    nobody: "Niemand aangemeld",
    emptyTitle: "Nog niets",
    empty:
      "Aanmeldingen, sleutels, geheimen, mensen, verwijderingen en gewijzigde instellingen worden hier opgeschreven.",
  },
});
