import { Skeleton, Tabs } from "@mantine/core";
import { Suspense, useEffect, type ReactNode } from "react";
import { useLocation, useParams } from "wouter";
import { NotFound } from "../layout/not-found.tsx";
import type { Deferred } from "./deferred.tsx";
import { PageHeader } from "./page-header.tsx";

interface TabbedPageProps<Name extends string> {
  title: string;
  description?: ReactNode;
  /** of the page, whose route ends with `/:section?` */
  path: string;
  /** a file each; the first is shown when none is named */
  sections: Readonly<Record<Name, Deferred>>;
  /** what the tabs say */
  names: Readonly<Record<NoInfer<Name>, string>>;
}

/** A page in sections, a tab each; which one is open is a part of the address. */
export function TabbedPage<Name extends string>(props: TabbedPageProps<Name>) {
  const { title, description, path, sections, names } = props;
  const [, navigate] = useLocation();
  const all = Object.keys(sections) as Name[];
  // One after the other is looked at, and each is small.
  useEffect(() => {
    for (const each of Object.values<Deferred>(sections)) void each.load();
  }, [sections]);
  const { section = all[0] } = useParams<{ section?: string }>();
  const open = all.find((name) => name === section);
  if (open === undefined) return <NotFound />;
  const Section: Deferred = sections[open];
  return (
    <>
      <PageHeader title={title} description={description} />
      <Tabs
        value={open}
        onChange={(name) => navigate(name === all[0] ? path : `${path}/${name}`)}
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          {all.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {names[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={open}>
          <Suspense fallback={<Skeleton height={320} />}>
            <Section />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
