import { deferred } from "../../components/deferred.tsx";
import { TabbedPage } from "../../components/tabbed-page.tsx";
import { useSettingsWords } from "./settings-words.ts";

const SECTIONS = {
  organization: deferred(() => import("./organization-section.tsx")),
  members: deferred(() => import("./members-section.tsx")),
  keys: deferred(() => import("./keys-section.tsx")),
  byok: deferred(() => import("./byok-section.tsx")),
  mcp: deferred(() => import("./mcp-section.tsx")),
  organizations: deferred(() => import("./organizations-section.tsx")),
  audit: deferred(() => import("./audit-section.tsx")),
};

export default function SettingsPage() {
  const words = useSettingsWords();
  return <TabbedPage title={words.title} path="/settings" sections={SECTIONS} names={words} />;
}
