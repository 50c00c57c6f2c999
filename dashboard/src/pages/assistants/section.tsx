import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./section.module.css";

interface SectionProps {
  /** the anchor: `#voice` */
  id: string;
  title: string;
  description?: ReactNode;
  /** beside the title */
  action?: ReactNode;
  children: ReactNode;
}

/** A part of the form, that an address can lead to. */
export function Section({ id, title, description, action, children }: SectionProps) {
  return (
    <section id={id} className={classes.section} aria-labelledby={`${id}-title`}>
      <div className={classes.head}>
        <div>
          <Title order={2} id={`${id}-title`}>
            {title}
          </Title>
          {description !== undefined && (
            <Text component="div" size="sm" c="dimmed" maw="64ch">
              {description}
            </Text>
          )}
        </div>
        {action}
      </div>
      <div className={classes.fields}>{children}</div>
    </section>
  );
}

/** Fields beside each other, where there is room. */
export function Row({ children }: { children: ReactNode }) {
  return <div className={classes.row}>{children}</div>;
}

/** Fields that belong together, and that most people leave as they are. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={classes.group}>
      <legend>{title}</legend>
      <div className={classes.fields}>{children}</div>
    </fieldset>
  );
}
