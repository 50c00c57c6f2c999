import { expect, it } from "vitest";
import { diffOf } from "./version-diff.ts";

const shown = (before: unknown, after: unknown) =>
  diffOf(before, after).flatMap(({ kind, lines }) =>
    kind === "folded"
      ? [`@ ${lines.length}`]
      : lines.map((line) => `${{ removed: "-", added: "+", same: " " }[kind]}${line.trim()}`),
  );

it("shows what differs, whatever the order of the fields", () => {
  expect(shown({ b: 1, a: { c: 2 } }, { a: { c: 3 }, b: 1 })).toEqual([
    " {",
    ' "a": {',
    '-"c": 2',
    '+"c": 3',
    " },",
    ' "b": 1',
    " }",
  ]);
});

it("is empty where nothing differs", () => {
  expect(diffOf({ a: 1, b: [2] }, { b: [2], a: 1 })).toEqual([]);
});

it("folds what is far from any change", () => {
  const list = Array.from({ length: 30 }, (_, index) => index);
  expect(shown({ list, name: "a" }, { list, name: "b" })).toEqual([
    "@ 30",
    " 28,",
    " 29",
    " ],",
    '-"name": "a"',
    '+"name": "b"',
    " }",
  ]);
});
