import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { referencePages } from "../../scripts/reference-pages.ts";

test.each(referencePages)(
  "$path says what the code says; npm run docs:reference writes it",
  ({ path, render }) => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")).toBe(render());
  },
);
