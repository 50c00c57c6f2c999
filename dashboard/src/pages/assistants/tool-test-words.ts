import { defineWords } from "../../language/language.ts";

export const useToolTestWords = defineWords({
  en: {
    title: "Test this tool now",
    help: "Your webhook is asked as it would be in a call, with the tool as it stands here. The body says that it is a test.",
    arguments: "Arguments",
    run: "Run",
    running: "Waiting for your webhook…",
    notObject: "must be an object with the arguments",
    answered: (status: string, time: string) => `Answered ${status} after ${time}`,
    failed: (reason: string, time: string) => `No good answer: ${reason} after ${time}`,
    nowhere: "There was nowhere to send it: the tool, the assistant and the account have no URL.",
    modelReads: "What the model reads",
    answer: "Answer",
    request: "Request",
    openEvent: "Open the event",
  },
  nl: {
    title: "Dit hulpmiddel nu testen",
    help: "Uw webhook wordt gevraagd zoals in een gesprek, met het hulpmiddel zoals het hier staat. De inhoud zegt dat het een test is.",
    arguments: "Argumenten",
    run: "Uitvoeren",
    running: "Wachten op uw webhook…",
    notObject: "moet een object met de argumenten zijn",
    answered: (status: string, time: string) => `${status} geantwoord na ${time}`,
    failed: (reason: string, time: string) => `Geen goed antwoord: ${reason} na ${time}`,
    nowhere: "Het kon nergens heen: het hulpmiddel, de assistent en het account hebben geen URL.",
    modelReads: "Wat het model leest",
    answer: "Antwoord",
    request: "Verzoek",
    openEvent: "Gebeurtenis openen",
  },
});
