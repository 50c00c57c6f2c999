import { Skeleton, Tabs } from "@mantine/core";
import { lazy, Suspense, type ComponentType } from "react";
import { useLocation, useParams } from "wouter";
import { PageHeader } from "../../components/page-header.tsx";
import { NotFound } from "../../layout/not-found.tsx";
import { useSettingsWords } from "./settings-words.ts";

/** One lazy file a section, as pages have; the first is shown when none is named. */
const SECTIONS = {
  organization: lazy(() => import("./organization-section.tsx")),
  members: lazy(() => import("./members-section.tsx")),
  keys: lazy(() => import("./keys-section.tsx")),
  byok: lazy(() => import("./byok-section.tsx")),
  mcp: lazy(() => import("./mcp-section.tsx")),
  audit: lazy(() => import("./audit-section.tsx")),
} as const satisfies Record<string, ComponentType>;
type SectionName = keyof typeof SECTIONS;

export default function SettingsPage() {
  const words = useSettingsWords();
  const [, navigate] = useLocation();
  const { section = "organization" } = useParams<{ section?: string }>();
  if (!(section in SECTIONS)) return <NotFound />;
  const Section = SECTIONS[section as SectionName];
  return (
    <>
      <PageHeader title={words.title} />
      <Tabs value={section} onChange={(name) => navigate(`/settings/${name}`)} keepMounted={false}>
        <Tabs.List mb="xl">
          {(Object.keys(SECTIONS) as SectionName[]).map((name) => (
            <Tabs.Tab key={name} value={name}>
              {words[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={section}>
          <Suspense fallback={<Skeleton height={240} />}>
            <Section />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
