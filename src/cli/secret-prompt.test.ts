import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { promptSecret, readFirstLine } from "./secret-prompt.ts";

function terminal() {
  const modes: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => void modes.push(isRaw),
  });
  const stderr = new PassThrough();
  return { stdin, stderr, modes, shown: () => String(stderr.read() ?? "") };
}
const ask = (at: ReturnType<typeof terminal>) => promptSecret("Password: ", at as never);

test.each([
  ["three green\r", "three green"],
  ["pasted in one\nmore", "pasted in one"],
  ["wronk\u007fg\r", "wrong"],
  ["🚲\u007f🚀\r", "🚀"],
  ["a\u001b\tb\r", "ab"],
  ["end\u0004", "end"],
])("%j is read as %j, and nothing of it is shown", async (typed, read) => {
  const at = terminal();
  const asked = ask(at);
  at.stdin.write(typed);
  expect(await asked).toBe(read);
  expect(at.shown()).toBe("Password: \n");
  expect(at.modes).toEqual([true, false]);
});

test("Ctrl-C ends it, and gives the terminal back", async () => {
  const at = terminal();
  const asked = ask(at);
  at.stdin.write("thr\u0003");
  await expect(asked).rejects.toThrow("Interrupted");
  expect(at.modes).toEqual([true, false]);
});

test("of what comes by a pipe the first line counts", async () => {
  const pipe = new PassThrough();
  pipe.end("three green bicycles\r\nand more\n");
  expect(await readFirstLine(pipe)).toBe("three green bicycles");
});
