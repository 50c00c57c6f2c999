import { renderCompatibilityPage } from "./compatibility-page.ts";
import { renderErrorsPage } from "./errors-page.ts";

/** What `npm run docs:reference` writes, and a test compares: a page that says something else than the code fails. */
export const referencePages: readonly { path: string; render: () => string }[] = [
  { path: "docs/reference/errors.md", render: renderErrorsPage },
  { path: "docs/reference/compatibility.md", render: renderCompatibilityPage },
];
