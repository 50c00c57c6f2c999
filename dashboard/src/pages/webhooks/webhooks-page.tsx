import { deferred } from "../../components/deferred.tsx";
import { TabbedPage } from "../../components/tabbed-page.tsx";
import { useWebhooksWords } from "./webhooks-words.ts";

const SECTIONS = {
  events: deferred(() => import("./events-section.tsx")),
  endpoints: deferred(() => import("./endpoints-section.tsx")),
  settings: deferred(() => import("./account-section.tsx")),
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
