import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./empty-state.module.css";

/** In place of a list that has nothing in it: what would be here, and how it comes here. */
export function EmptyState(props: { title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <section className={classes.box}>
      <Title order={2}>{props.title}</Title>
      <Text component="div" c="dimmed" className={classes.text}>
        {props.children}
      </Text>
      {props.actions !== undefined && <div className={classes.actions}>{props.actions}</div>}
    </section>
  );
}
