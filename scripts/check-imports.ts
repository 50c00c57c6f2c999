import { cruise, type ICruiseResult } from "dependency-cruiser";
import { forbidden } from "./import-rules.ts";

// The import rules of import-rules.ts, and a floor under the number of modules seen: with a TypeScript it does not
// know, dependency-cruiser finds no modules at all and reports success.

const LEAST_MODULES = 60;

const { output } = await cruise(["src", "sdk/src", "sdk/web/src", "dashboard/src"], {
  ruleSet: { forbidden },
  validate: true,
  tsPreCompilationDeps: true,
  doNotFollow: { path: "node_modules" },
  exclude: { path: "\\.test\\.ts$" },
});
const { summary, modules } = output as ICruiseResult;
const ours = modules.filter((module) => /^(src|sdk\/src|sdk\/web\/src|dashboard\/src)\//.test(module.source));

for (const { rule, from, to } of summary.violations)
  console.error(`${rule.severity} ${rule.name}: ${from} -> ${to}`);
if (ours.length < LEAST_MODULES)
  console.error(`only ${ours.length} modules were seen; at least ${LEAST_MODULES} exist`);
console.log(`${ours.length} modules, ${summary.violations.length} violations of the import rules`);
if (summary.violations.length > 0 || ours.length < LEAST_MODULES) process.exitCode = 1;
