// Loaded into the server of `npm run soak:calls` with --import: writes what the process has open every second. Its own
// timer does not count: it is not waited for. The threads of a process would write over what it has written.
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isMainThread } from "node:worker_threads";
import { collectGarbage } from "../../test/harness/collect-garbage.ts";

const folder = process.env.SOAK_RESOURCES;
if (folder && isMainThread) {
  setInterval(() => {
    // V8 keeps what it has grown to as long as nothing asks for it: only what is left after a collection says anything.
    if (existsSync(path.join(folder, "collect"))) collectGarbage();
    const resources = {};
    for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
    const { heapUsed, external } = process.memoryUsage();
    writeFileSync(
      path.join(folder, `${process.pid}.json`),
      JSON.stringify({ resources, heapBytes: heapUsed + external }),
    );
  }, 1_000).unref();
}
