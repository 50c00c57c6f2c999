import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

// Builds the dashboard into dashboard/dist, and compresses it, so that the server only has to hand the files out. With
// `--if-older`, as `npm start` calls it: only when a source is newer than the build, and whatever goes wrong does not
// keep the server from starting: it serves what is there.

const DASHBOARD = fileURLToPath(new URL("../dashboard/", import.meta.url));
const DIST = path.join(DASHBOARD, "dist");
const INDEX = path.join(DIST, "index.html");
/** Below this a compressed file is hardly smaller than its headers. */
const LEAST_BYTES = 1_000;

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

function isBuilt(): boolean {
  if (!existsSync(INDEX) || !existsSync(`${INDEX}.br`)) return false;
  const builtMs = statSync(INDEX).mtimeMs;
  const sources = [
    ...readdirSync(DASHBOARD)
      .filter((name) => name !== "dist" && name !== "node_modules")
      .flatMap((name) => {
        const one = path.join(DASHBOARD, name);
        return statSync(one).isDirectory() ? filesOf(one) : [one];
      }),
    // The component library is in the build, too.
    fileURLToPath(new URL("../package-lock.json", import.meta.url)),
  ];
  return sources.every((file) => statSync(file).mtimeMs <= builtMs);
}

async function build(): Promise<void> {
  const startedMs = performance.now();
  const { build: viteBuild } = await import("vite");
  await viteBuild({ root: DASHBOARD, logLevel: "error" });
  for (const file of filesOf(DIST)) compress(file);
  console.log(`dashboard built in ${((performance.now() - startedMs) / 1_000).toFixed(1)} s`);
}

function compress(file: string): void {
  const bytes = readFileSync(file);
  if (file !== INDEX && (bytes.length < LEAST_BYTES || !/\.(?:js|css|svg|html|json)$/.test(file))) return;
  // Half of the quality takes a tenth of the time, for some percent more: somebody waits for it.
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: quality }));
  writeFileSync(`${file}.gz`, gzipSync(bytes));
}

const isOptional = process.argv.includes("--if-older");
if (!isOptional) await build();
else if (existsSync(path.join(DASHBOARD, "index.html"))) {
  try {
    if (!isBuilt()) await build();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "ERR_MODULE_NOT_FOUND" ? "vite is not installed" : message.split("\n", 1)[0]!;
    const what = existsSync(INDEX) ? "the one that is there is served" : "there is none to serve";
    console.log(`dashboard not built (${why}); ${what}`);
  }
}
