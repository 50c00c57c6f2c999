import { defineWords } from "../language/language.ts";

/** What the shared components say. */
export const useComponentWords = defineWords({
  en: {
    copy: "Copy",
    copied: "Copied",
    cancel: "Cancel",
    tryAgain: "Try again",
    loadingRows: "Loading the list…",
    unreachable: "The server does not answer",
    unreachableHelp:
      "Look whether it is running and whether you are online; then try again. Nothing was changed.",
    forbidden: "Your role does not allow this",
    forbiddenHelp:
      "An owner of the organization can do it, or give you another role under Settings, Members.",
    notFound: "This is not there (any more)",
    notFoundHelp: "It may have been deleted, or belong to another organization. Go back to the list.",
    tooMany: "Too many requests at once",
    tooManyHelp: "Wait a minute, then try again.",
    serverFault: "The server made a mistake",
    serverFaultHelp: "Try again. If it stays, its log says why, under this request:",
    refused: "This was not accepted",
    rows: (count: string) => (count === "1" ? "1 row" : `${count} rows`),
    json: "JSON",
    ownersOnly: "You can look at this; an owner of the organization can change it.",
    membersOnly: "You can look at this; members and owners of the organization can change it.",
  },
  nl: {
    copy: "Kopiëren",
    copied: "Gekopieerd",
    cancel: "Annuleren",
    tryAgain: "Opnieuw proberen",
    loadingRows: "De lijst wordt geladen…",
    unreachable: "De server antwoordt niet",
    unreachableHelp:
      "Kijk of hij draait en of u online bent; probeer het dan opnieuw. Er is niets gewijzigd.",
    forbidden: "Uw rol staat dit niet toe",
    forbiddenHelp:
      "Een eigenaar van de organisatie kan het doen, of u een andere rol geven onder Instellingen, Leden.",
    notFound: "Dit is er niet (meer)",
    notFoundHelp: "Het kan verwijderd zijn, of van een andere organisatie. Ga terug naar de lijst.",
    tooMany: "Te veel verzoeken tegelijk",
    tooManyHelp: "Wacht een minuut en probeer het opnieuw.",
    serverFault: "De server maakte een fout",
    serverFaultHelp: "Probeer het opnieuw. Blijft het zo, dan zegt zijn logboek waarom, bij dit verzoek:",
    refused: "Dit werd niet aanvaard",
    rows: (count: string) => (count === "1" ? "1 rij" : `${count} rijen`),
    json: "JSON",
    ownersOnly: "U kunt dit bekijken; een eigenaar van de organisatie kan het wijzigen.",
    membersOnly: "U kunt dit bekijken; leden en eigenaars van de organisatie kunnen het wijzigen.",
  },
});
