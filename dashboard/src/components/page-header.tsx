import { Group, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useEffect, useRef, type ReactNode } from "react";
import { isFirstPage } from "../layout/page-change.ts";
import classes from "./page-header.module.css";

interface PageHeaderProps {
  title: string;
  description?: ReactNode;
  /** over the title: where one is */
  above?: ReactNode;
  /** on the right; below on a phone */
  actions?: ReactNode;
}

/** Every page begins with one: it names the browser's tab and takes the focus when one comes from another page. */
export function PageHeader({ title, description, above, actions }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(`${title} · Switchhook`);
  useEffect(() => {
    if (!isFirstPage()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header className={classes.header}>
      <div className={classes.text}>
        {above}
        <Title order={1} ref={heading} tabIndex={-1} className={classes.title}>
          {title}
        </Title>
        {description !== undefined && (
          <Text component="div" c="dimmed" mt={4} className={classes.description}>
            {description}
          </Text>
        )}
      </div>
      {actions !== undefined && (
        <Group gap="xs" wrap="wrap">
          {actions}
        </Group>
      )}
    </header>
  );
}
