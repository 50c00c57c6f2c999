import { defineWords } from "../../language/language.ts";

/** What the settings pages share: their names. Each section has words of its own. */
export const useSettingsWords = defineWords({
  en: {
    title: "Settings",
    organization: "Organization",
    members: "Members",
    keys: "API keys",
    byok: "Provider keys",
    mcp: "MCP servers",
    organizations: "Organizations",
    audit: "Audit log",
  },
  nl: {
    title: "Instellingen",
    organization: "Organisatie",
    members: "Leden",
    keys: "API-sleutels",
    byok: "Sleutels van aanbieders",
    mcp: "MCP-servers",
    organizations: "Organisaties",
    audit: "Auditlogboek",
  },
});
