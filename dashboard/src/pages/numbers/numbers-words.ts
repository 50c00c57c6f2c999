import { defineWords } from "../../language/language.ts";

export const useNumbersWords = defineWords({
  en: {
    title: "Numbers",
    description: "Telephone numbers, and what takes their calls.",
    number: "Number",
    name: "Name",
    answeredBy: "Answered by",
    nobody: "Nobody yet",
    added: "Added",
    emptyTitle: "No numbers yet",
    empty: "A number says which assistant or workflow answers its calls. They come in over a trunk.",
  },
  nl: {
    title: "Nummers",
    description: "Telefoonnummers, en wat hun gesprekken aanneemt.",
    number: "Nummer",
    name: "Naam",
    answeredBy: "Aangenomen door",
    nobody: "Nog niemand",
    added: "Toegevoegd",
    emptyTitle: "Nog geen nummers",
    empty:
      "Een nummer zegt welke assistent of workflow zijn gesprekken aanneemt. Ze komen binnen over een trunk.",
  },
});
