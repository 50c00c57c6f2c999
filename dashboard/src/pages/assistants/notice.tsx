import type { ReactNode } from "react";
import classes from "./notice.module.css";

/** What is missing for this to work, in the place where that can be seen. */
export function Notice({ children }: { children: ReactNode }) {
  return <div className={classes.notice}>{children}</div>;
}
