import { defineWords } from "../../language/language.ts";

export const useUsageWords = defineWords({
  en: {
    title: "Usage",
    description: "Minutes that were talked, the latest call first.",
    when: "When",
    number: "Number",
    assistant: "Assistant",
    duration: "Duration",
    exportCsv: "Download as CSV",
    emptyTitle: "Nothing used yet",
    empty: "Every call that was answered is counted here.",
  },
  nl: {
    title: "Verbruik",
    description: "Minuten die zijn gesproken, het laatste gesprek eerst.",
    when: "Wanneer",
    number: "Nummer",
    assistant: "Assistent",
    duration: "Duur",
    exportCsv: "Downloaden als CSV",
    emptyTitle: "Nog niets verbruikt",
    empty: "Elk gesprek dat is aangenomen wordt hier geteld.",
  },
});
