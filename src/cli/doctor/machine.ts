import { existsSync, readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";

/** What this machine is, as far as it matters to calls. */
export interface Machine {
  /** of its interfaces, loopback left out */
  addresses: string[];
  isContainer: boolean;
  isWsl: boolean;
  /** undefined: not to be found out on this system */
  mostOpenFiles: number | undefined;
}

export function lookAtMachine(): Machine {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith("fe80:"))
    .map(({ address }) => address);
  return { addresses, ...readMachine({ exists: existsSync, read: readText }) };
}

/** Pure, but for the two functions. Files that are not there mean a system that has none of it. */
export function readMachine(files: {
  exists: (path: string) => boolean;
  read: (path: string) => string;
}): Omit<Machine, "addresses"> {
  const limit = /^Max open files\s+(\d+|unlimited)/m.exec(files.read("/proc/self/limits"))?.[1];
  return {
    isContainer:
      files.exists("/.dockerenv") ||
      files.exists("/run/.containerenv") ||
      /docker|kubepods|containerd|libpod/.test(files.read("/proc/1/cgroup")),
    isWsl: /microsoft/i.test(files.read("/proc/version")),
    mostOpenFiles: limit === undefined ? undefined : limit === "unlimited" ? Infinity : Number(limit),
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
