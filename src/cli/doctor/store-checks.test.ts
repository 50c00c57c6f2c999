import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { checkDataFolder, judgeDatabase } from "./store-checks.ts";

test.each([
  [undefined, [["database", "ok"]]],
  [{ outcome: "unreachable", detail: "connect ECONNREFUSED" } as const, [["database", "problem"]]],
  [
    { outcome: "read", aheadMs: 40 } as const,
    [
      ["database", "ok"],
      ["clock", "ok"],
    ],
  ],
  [
    { outcome: "read", aheadMs: -5_000 } as const,
    [
      ["database", "ok"],
      ["clock", "warning"],
    ],
  ],
  [
    { outcome: "read", aheadMs: 90_000 } as const,
    [
      ["database", "ok"],
      ["clock", "problem"],
    ],
  ],
])("judgeDatabase(%j)", (clock, expected) => {
  expect(judgeDatabase(clock).map(({ check, verdict }) => [check, verdict])).toEqual(expected);
});

test("the data folder: there, not there yet, and a file in its place", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "switchhook-doctor-"));
  const file = path.join(folder, "file");
  await writeFile(file, "");
  expect(["ok", "warning"]).toContain((await checkDataFolder(folder)).verdict);
  expect((await checkDataFolder(path.join(folder, "a", "b"))).saw).toContain("b");
  expect(await checkDataFolder(path.join(file, "data"))).toMatchObject({ verdict: "problem" });
  await rm(folder, { recursive: true });
});
