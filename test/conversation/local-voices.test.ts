import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { LOCAL_VOICES } from "../../src/assistants/catalog/local-voices.ts";

test("the list of local voices is what the program says of itself", async () => {
  const entry = createRequire(import.meta.url).resolve("espeak-ng");
  const { default: createEspeak } = (await import(entry)) as {
    default: (options: object) => Promise<unknown>;
  };
  const lines: string[] = [];
  await createEspeak({ arguments: ["--voices"], print: (line: string) => lines.push(line) });
  const told = lines.flatMap((line) => {
    const [, id, , name] = /^\s*\d+\s+(\S+)\s+(\S+)\s+(\S+)/.exec(line) ?? [];
    return id && name ? [[id, name.replaceAll("_", " ")] as const] : [];
  });
  // A language with several dictionaries is listed more than once; the first is the one that speaks.
  const firsts = told.filter(([id], index) => told.findIndex(([other]) => other === id) === index);
  expect(LOCAL_VOICES).toEqual(firsts);
});
