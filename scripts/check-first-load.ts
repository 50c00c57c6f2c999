import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

// What a browser must load before it can show the first page: the entry, with all that it imports, and the largest page
// that one may begin at. Chunks that a page asks for later (editors, charts) are not of the first load.

const LIMIT_BYTES = 250_000;
const DIST = new URL("../dashboard/dist/", import.meta.url);

interface Chunk {
  file: string;
  imports?: string[];
  isEntry?: boolean;
}
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", DIST), "utf8")) as Record<
  string,
  Chunk
>;

/** A chunk and all that it cannot do without, each once. */
function withImports(key: string, files = new Set<string>()): Set<string> {
  const { file, imports = [] } = manifest[key]!;
  if (files.has(file)) return files;
  files.add(file);
  for (const each of imports) withImports(each, files);
  return files;
}

const gzippedBytes = (file: string) => gzipSync(readFileSync(new URL(file, DIST))).length;
const sum = (files: Iterable<string>) => [...files].reduce((total, file) => total + gzippedBytes(file), 0);

const entry = Object.keys(manifest).find((key) => manifest[key]!.isEntry)!;
const shell = withImports(entry);
const pages = Object.keys(manifest)
  .filter((key) => /^src\/pages\/.*-page\.tsx$/.test(key))
  .map((key) => ({ key, bytes: sum(withImports(key, new Set(shell))) }))
  .toSorted((one, other) => other.bytes - one.bytes);
const largest = pages[0];
if (!largest) throw new Error("the build has no pages: is dashboard/dist of another version?");

const kilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(1)} kB`;
console.log(
  `first load ${kilobytes(sum(shell))} gzipped, at most ${kilobytes(largest.bytes)} with a page (${largest.key}); ${pages.length} pages`,
);
if (largest.bytes > LIMIT_BYTES) {
  console.error(`JavaScript of the first load is over ${kilobytes(LIMIT_BYTES)}`);
  process.exitCode = 1;
}
