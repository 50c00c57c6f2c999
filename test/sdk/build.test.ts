import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSomeonesProject, type SomeonesProject } from "./built-sdk.ts";

let project: SomeonesProject;
beforeAll(() => {
  project = createSomeonesProject({
    "page.ts": `import { Switchhook } from "@switchhook/sdk";
      const client = new Switchhook({ apiKey: "k" });
      const names: string[] = (await client.assistants.list()).map(({ name }) => name);
      for await (const call of client.calls.listAll({ status: "ended" })) names.push(call.id);
      // @ts-expect-error: a name is text
      await client.assistants.create({ name: 1 });
      // @ts-expect-error: there is an id missing
      await client.assistants.get();
      // @ts-expect-error: voices cannot be changed
      client.voices.update;
      export { names };`,
  });
});
afterAll(() => project.remove());

test("the built library imports nothing but its own files, and names nothing of Node's", () => {
  const dist = path.join(project.directory, "node_modules/@switchhook/sdk/dist");
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(js|d\.ts)$/.test(file),
  );
  expect(files).toEqual(expect.arrayContaining(["index.js", "index.d.ts", "generated/api.d.ts"]));
  for (const file of files) {
    const text = readFileSync(path.join(dist, file), "utf8");
    const imported = [...text.matchAll(/(?:from|import|require\()\s*["']([^"']+)["']/g)].map(
      ([, name]) => name,
    );
    expect(
      imported.filter((name) => !name!.startsWith("./") && !name!.startsWith("../")),
      file,
    ).toEqual([]);
    expect(text, file).not.toMatch(/\b(Buffer|process|NodeJS|__dirname)\b[.(]|reference types/);
  }
});

test("its types are right where there is no Node", { timeout: 60_000 }, () => {
  expect(project.compile([])).toBe("");
});
