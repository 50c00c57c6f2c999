import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./panel.module.css";

/** A part of the page, with its name and what there is to say of it at a glance. */
export function Panel(props: {
  title: string;
  note?: ReactNode;
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    <section className={props.className}>
      <div className={classes.head}>
        <Title order={2}>{props.title}</Title>
        <Text component="div" c="dimmed" size="sm">
          {props.note}
        </Text>
      </div>
      {props.children}
    </section>
  );
}
