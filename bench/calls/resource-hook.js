// Loaded into the server of `npm run soak:calls` with --import: writes what the process has open every second. Its own
// timer does not count: it is not waited for.
import { writeFileSync } from "node:fs";
import path from "node:path";

const folder = process.env.SOAK_RESOURCES;
if (folder) {
  setInterval(() => {
    const counts = {};
    for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
    writeFileSync(path.join(folder, `${process.pid}.json`), JSON.stringify(counts));
  }, 1_000).unref();
}
