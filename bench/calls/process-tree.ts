import { readdirSync, readFileSync } from "node:fs";

/** One process of a tree, from /proc. CPU is of all its threads, and of its children that have ended. */
export interface ProcessUse {
  pid: number;
  name: string;
  cpuSeconds: number;
  rssBytes: number;
  openFiles: number;
}

/** Linux's USER_HZ, which is 100 on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4_096;

/** A process and all its descendants; empty when it is gone. */
export function readProcessTree(rootPid: number): ProcessUse[] {
  const byParent = new Map<number, number[]>();
  const uses = new Map<number, ProcessUse>();
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const read = readProcess(Number(entry));
    if (!read) continue;
    uses.set(read.use.pid, read.use);
    byParent.set(read.parentPid, [...(byParent.get(read.parentPid) ?? []), read.use.pid]);
  }
  const tree: ProcessUse[] = [];
  const waiting = [rootPid];
  for (let pid = waiting.shift(); pid !== undefined; pid = waiting.shift()) {
    const use = uses.get(pid);
    if (use) tree.push(use);
    waiting.push(...(byParent.get(pid) ?? []));
  }
  return tree;
}

function readProcess(pid: number): { use: ProcessUse; parentPid: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name is in parentheses and may hold anything, more parentheses included.
    const nameEnd = stat.lastIndexOf(")");
    const fields = stat.slice(nameEnd + 2).split(" ");
    const ticks = [11, 12, 13, 14].reduce((total, at) => total + Number(fields[at]), 0);
    const use = {
      pid,
      name: stat.slice(stat.indexOf("(") + 1, nameEnd),
      cpuSeconds: ticks / TICKS_PER_SECOND,
      rssBytes: Number(fields[21]) * PAGE_BYTES,
      openFiles: readdirSync(`/proc/${pid}/fd`).length,
    };
    return { use, parentPid: Number(fields[1]) };
  } catch {
    // It ended while we looked.
    return undefined;
  }
}

export function isPostgres({ name }: ProcessUse): boolean {
  return name.startsWith("postgres");
}

export function sum(tree: readonly ProcessUse[], value: (use: ProcessUse) => number): number {
  return tree.reduce((total, use) => total + value(use), 0);
}
