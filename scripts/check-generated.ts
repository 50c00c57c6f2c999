import { readFileSync } from "node:fs";
import { renderCliPage } from "./cli-page.ts";
import { referencePages } from "./reference-pages.ts";
import { renderSdkTypes } from "./sdk-types.ts";

// Everything that is made from the code and kept in the repository says what the code says.

const generated = [
  ...referencePages.map(({ path, render }) => ({ path, text: render(), by: "docs:reference" })),
  { path: "docs/cli.md", text: renderCliPage(), by: "docs:cli" },
  { path: "sdk/src/generated/api.ts", text: await renderSdkTypes(), by: "sdk:types" },
];
const stale = generated.filter(
  ({ path, text }) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8") !== text,
);
for (const { path, by } of stale) console.error(`${path} is out of date: npm run ${by}`);
console.log(`${generated.length} generated files, ${stale.length} out of date`);
if (stale.length > 0) process.exitCode = 1;
