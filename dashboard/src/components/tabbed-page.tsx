import { Skeleton, Tabs } from "@mantine/core";
import { Suspense, type ComponentType, type LazyExoticComponent, type ReactNode } from "react";
import { useLocation, useParams } from "wouter";
import { NotFound } from "../layout/not-found.tsx";
import { PageHeader } from "./page-header.tsx";

interface TabbedPageProps<Name extends string> {
  title: string;
  description?: ReactNode;
  /** of the page, whose route ends with `/:section?` */
  path: string;
  /** one lazy file each, as pages have; the first is shown when none is named */
  sections: Readonly<Record<Name, LazyExoticComponent<ComponentType>>>;
  /** what the tabs say */
  names: Readonly<Record<NoInfer<Name>, string>>;
}

/** A page in sections, a tab each; which one is open is a part of the address. */
export function TabbedPage<Name extends string>(props: TabbedPageProps<Name>) {
  const { title, description, path, sections, names } = props;
  const [, navigate] = useLocation();
  const all = Object.keys(sections) as Name[];
  const { section = all[0] } = useParams<{ section?: string }>();
  const open = all.find((name) => name === section);
  if (open === undefined) return <NotFound />;
  const Section: ComponentType = sections[open];
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
