import { defineWords } from "../../language/language.ts";

export const useTrunksWords = defineWords({
  en: {
    title: "Trunks",
    description: "How calls come in and go out: SIP connections to your telephone company or exchange.",
    add: "Add trunk",
    name: "Name",
    address: "Address",
    state: "State",
    off: "Switched off",
    registered: "Registered",
    registering: "Registering…",
    refused: "Registration failed",
    up: "Reachable",
    down: "Does not answer",
    unknown: "Not known yet",
    sinceWord: "Since",
    said: "It said",
    credentials:
      "User name or password are not what it expects. Ask your provider for them, and set them anew.",
    unknownUser:
      "It does not know this user name. Look whether it is the one for SIP, not the one of a website.",
    wrongName: "There is no such name. Look at the address for a typing error.",
    certificate:
      "Its certificate is not accepted. Use the name that the certificate is for as the address, not an IP address.",
    silent:
      "Nothing answers there. Look at address, port and transport; and whether a firewall lets SIP through, in both directions.",
    busy: "The other side says itself that it cannot now. It is tried again; if it stays, ask your provider.",
    emptyTitle: "No trunks yet",
    empty: "A trunk is a SIP connection, over which numbers get their calls and assistants call out.",
  },
  nl: {
    title: "Trunks",
    description:
      "Hoe gesprekken binnenkomen en uitgaan: SIP-verbindingen met uw telefoonaanbieder of centrale.",
    add: "Trunk toevoegen",
    name: "Naam",
    address: "Adres",
    state: "Toestand",
    off: "Uitgeschakeld",
    registered: "Geregistreerd",
    registering: "Registreren…",
    refused: "Registratie mislukt",
    up: "Bereikbaar",
    down: "Antwoordt niet",
    unknown: "Nog niet bekend",
    sinceWord: "Sinds",
    said: "Het zei",
    credentials:
      "Gebruikersnaam of wachtwoord is niet wat het verwacht. Vraag uw aanbieder ernaar, en stel ze opnieuw in.",
    unknownUser: "Het kent deze gebruikersnaam niet. Kijk of het die voor SIP is, niet die van een website.",
    wrongName: "Deze naam bestaat niet. Kijk of het adres goed getypt is.",
    certificate:
      "Zijn certificaat wordt niet aanvaard. Neem als adres de naam waarvoor het certificaat is, geen IP-adres.",
    silent:
      "Daar antwoordt niets. Kijk naar adres, poort en transport; en of een firewall SIP doorlaat, in beide richtingen.",
    busy: "De andere kant zegt zelf dat het nu niet gaat. Er wordt opnieuw geprobeerd; blijft het zo, vraag het uw aanbieder.",
    emptyTitle: "Nog geen trunks",
    empty:
      "Een trunk is een SIP-verbinding: daarover krijgen nummers hun gesprekken en bellen assistenten uit.",
  },
});
