import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const BUILD = fileURLToPath(new URL("../../../scripts/build-dashboard.ts", import.meta.url));

/** Once for all files: a second build would take the first one's files away while a page loads them. */
export default async function buildDashboard(): Promise<void> {
  await promisify(execFile)(process.execPath, [BUILD, "--if-older"]);
}
