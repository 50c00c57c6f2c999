#!/usr/bin/env node
// `npx switchhook`. Plain JavaScript that also an old Node can read, so that it can say what is wrong with it.
const [major, minor] = process.versions.node.split(".").map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  await import("../src/cli/main.ts");
} else {
  console.error(
    `switchhook: needs Node 22.18 or newer; this is ${process.version}.\n` +
      "Run `npm ci` and then `npx switchhook` in the project's folder: npx takes the Node that npm ci brought.",
  );
  process.exitCode = 2;
}
