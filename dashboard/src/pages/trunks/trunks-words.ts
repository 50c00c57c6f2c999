import { defineWords } from "../../language/language.ts";

export const useTrunksWords = defineWords({
  en: {
    title: "Trunks",
    description: "How calls come in and go out: SIP connections to your telephone company or exchange.",
    name: "Name",
    address: "Address",
    state: "State",
    up: "Up",
    down: "Down",
    unknown: "Not known yet",
    emptyTitle: "No trunks yet",
    empty: "A trunk is a SIP connection, over which numbers get their calls and assistants call out.",
  },
  nl: {
    title: "Trunks",
    description:
      "Hoe gesprekken binnenkomen en uitgaan: SIP-verbindingen met uw telefoonaanbieder of centrale.",
    name: "Naam",
    address: "Adres",
    state: "Toestand",
    up: "Bereikbaar",
    down: "Onbereikbaar",
    unknown: "Nog niet bekend",
    emptyTitle: "Nog geen trunks",
    empty:
      "Een trunk is een SIP-verbinding: daarover krijgen nummers hun gesprekken en bellen assistenten uit.",
  },
});
