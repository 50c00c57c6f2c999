import { defineWords } from "../../language/language.ts";

export const useAccountWords = defineWords({
  en: { title: "Your account", email: "E-mail", name: "Name", since: "Since" },
  nl: { title: "Uw account", email: "E-mail", name: "Naam", since: "Sinds" },
});
