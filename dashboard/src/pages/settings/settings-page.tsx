import { lazy } from "react";
import { TabbedPage } from "../../components/tabbed-page.tsx";
import { useSettingsWords } from "./settings-words.ts";

const SECTIONS = {
  organization: lazy(() => import("./organization-section.tsx")),
  members: lazy(() => import("./members-section.tsx")),
  keys: lazy(() => import("./keys-section.tsx")),
  byok: lazy(() => import("./byok-section.tsx")),
  mcp: lazy(() => import("./mcp-section.tsx")),
  audit: lazy(() => import("./audit-section.tsx")),
};

export default function SettingsPage() {
  const words = useSettingsWords();
  return <TabbedPage title={words.title} path="/settings" sections={SECTIONS} names={words} />;
}
