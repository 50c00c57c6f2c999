import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderCliPage } from "../../scripts/cli-page.ts";

test("docs/cli.md says what the help says; npm run docs:cli writes it", () => {
  expect(readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8")).toBe(renderCliPage());
});

test("every command that does something takes --json and has an example", () => {
  const page = renderCliPage();
  const sections = page.split(/^## /m).slice(2);
  expect(sections).toHaveLength(18);
  for (const section of sections) {
    expect(section).toMatch(/^ {2}--json /m);
    expect(section).toMatch(/\nExamples:\n {2}.*[:?]\n {4}.*npx switchhook /);
  }
});
