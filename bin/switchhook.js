#!/usr/bin/env node
// `npx switchhook`. Plain JavaScript that also an old Node can read, so that it can say what is wrong.
const [major, minor] = process.versions.node.split(".").map(Number);

if (major > 22 || (major === 22 && minor >= 18)) {
  const { keepCompiledCode } = await import("../src/compiled-code.ts");
  keepCompiledCode();
  await import("../src/cli/main.ts").catch((error) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    stop(`the packages that it needs are not installed (${error.message.split("\n", 1)[0]}).`);
  });
} else {
  stop(`needs Node 22.18 or newer; this is ${process.version}.`);
}

/** `npm ci` brings the packages, and a Node that npx then takes. */
function stop(problem) {
  console.error(
    `switchhook: ${problem}\nRun \`npm ci\` and then \`npx switchhook\`, both in the project's folder.`,
  );
  process.exitCode = 2;
}
