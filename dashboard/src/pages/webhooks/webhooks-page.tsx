import { lazy } from "react";
import { TabbedPage } from "../../components/tabbed-page.tsx";
import { useWebhooksWords } from "./webhooks-words.ts";

const SECTIONS = {
  events: lazy(() => import("./events-section.tsx")),
  endpoints: lazy(() => import("./endpoints-section.tsx")),
  settings: lazy(() => import("./account-section.tsx")),
};

export default function WebhooksPage() {
  const words = useWebhooksWords();
  return (
    <TabbedPage
      title={words.title}
      description={words.description}
      path="/webhooks"
      sections={SECTIONS}
      names={words}
    />
  );
}
