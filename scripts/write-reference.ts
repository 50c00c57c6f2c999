import { mkdirSync, writeFileSync } from "node:fs";
import { referencePages } from "./reference-pages.ts";

for (const { path, render } of referencePages) {
  const url = new URL(`../${path}`, import.meta.url);
  mkdirSync(new URL(".", url), { recursive: true });
  writeFileSync(url, render());
}
