import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TSC = path.join(ROOT, "node_modules/typescript/bin/tsc");

/** A project of somebody's who has installed the library. */
export interface SomeonesProject {
  directory: string;
  /** @returns what the compiler has to say */
  compile(types: string[]): string;
  remove(): void;
}

/** Builds the library as `npm run build:sdk` does, and puts it where an installation would. */
export function createSomeonesProject(files: Record<string, string>): SomeonesProject {
  const directory = mkdtempSync(path.join(tmpdir(), "switchhook-sdk-"));
  const installed = path.join(directory, "node_modules/@switchhook/sdk");
  mkdirSync(installed, { recursive: true });
  cpSync(path.join(ROOT, "sdk/package.json"), path.join(installed, "package.json"));
  execFileSync(process.execPath, [TSC, "-p", "sdk", "--outDir", path.join(installed, "dist")], { cwd: ROOT });
  symlinkSync(path.join(ROOT, "node_modules/@types"), path.join(directory, "node_modules/@types"));
  symlinkSync(
    path.join(ROOT, "node_modules/undici-types"),
    path.join(directory, "node_modules/undici-types"),
  );
  writeFileSync(path.join(directory, "package.json"), '{"type":"module"}');
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(directory, name), text);
  return {
    directory,
    compile(types) {
      const compilerOptions = {
        target: "ES2022",
        lib: types.length > 0 ? ["ES2023"] : ["ES2022", "DOM", "DOM.Iterable"],
        module: "NodeNext",
        strict: true,
        noEmit: true,
        types,
      };
      const config = { compilerOptions, files: Object.keys(files) };
      writeFileSync(path.join(directory, "tsconfig.json"), JSON.stringify(config));
      try {
        execFileSync(process.execPath, [TSC, "-p", directory]);
        return "";
      } catch (error) {
        return String((error as { stdout?: Buffer }).stdout);
      }
    },
    remove: () => rmSync(directory, { recursive: true }),
  };
}
