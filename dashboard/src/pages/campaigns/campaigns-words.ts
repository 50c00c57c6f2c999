import { defineWords } from "../../language/language.ts";

export const useCampaignsWords = defineWords({
  en: {
    title: "Campaigns",
    description: "Lists of people to call.",
    name: "Name",
    status: "Status",
    draft: "Draft",
    scheduled: "Scheduled",
    paused: "Paused",
    completed: "Completed",
    cancelled: "Cancelled",
    called: "Called",
    emptyTitle: "No campaigns yet",
    empty: "A campaign calls the people of a list, in the hours that you allow.",
  },
  nl: {
    title: "Campagnes",
    description: "Lijsten van mensen om te bellen.",
    name: "Naam",
    status: "Status",
    draft: "Concept",
    scheduled: "Gepland",
    paused: "Gepauzeerd",
    completed: "Voltooid",
    cancelled: "Geannuleerd",
    called: "Gebeld",
    emptyTitle: "Nog geen campagnes",
    empty: "Een campagne belt de mensen van een lijst, in de uren die u toestaat.",
  },
});
