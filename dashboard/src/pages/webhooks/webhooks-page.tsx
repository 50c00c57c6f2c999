import { Skeleton, Tabs } from "@mantine/core";
import { lazy, Suspense, type ComponentType } from "react";
import { useLocation, useParams } from "wouter";
import { PageHeader } from "../../components/page-header.tsx";
import { NotFound } from "../../layout/not-found.tsx";
import { useWebhooksWords } from "./webhooks-words.ts";

const SECTIONS = {
  events: lazy(() => import("./events-section.tsx")),
  endpoints: lazy(() => import("./endpoints-section.tsx")),
  settings: lazy(() => import("./account-section.tsx")),
} as const satisfies Record<string, ComponentType>;
type SectionName = keyof typeof SECTIONS;

export default function WebhooksPage() {
  const words = useWebhooksWords();
  const [, navigate] = useLocation();
  const { section = "events" } = useParams<{ section?: string }>();
  if (!(section in SECTIONS)) return <NotFound />;
  const Section = SECTIONS[section as SectionName];
  return (
    <>
      <PageHeader title={words.title} description={words.description} />
      <Tabs
        value={section}
        onChange={(name) => navigate(name === "events" ? "/webhooks" : `/webhooks/${name}`)}
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          {(Object.keys(SECTIONS) as SectionName[]).map((name) => (
            <Tabs.Tab key={name} value={name}>
              {words[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={section}>
          <Suspense fallback={<Skeleton height={320} />}>
            <Section />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
