import { expect, test } from "vitest";
import { createSseParser } from "./sse-parser.ts";

const STREAM =
  "\uFEFF: welcome\n\nretry: 250\nid: 1\nevent: webhook\ndata: {\ndata: }\n\n" +
  "event: webhook\r\ndata:no space\r\n\r\nid: 3\rdata: cr only\r\rid\ndata: the id is cleared\n\ndata: never ended";

const MESSAGES = [
  { id: "1", event: "webhook", data: "{\n}" },
  { id: "1", event: "webhook", data: "no space" },
  { id: "3", event: "message", data: "cr only" },
  { id: "", event: "message", data: "the id is cleared" },
];

test("reads messages with every kind of line end; what the end cuts off is dropped", () => {
  const parser = createSseParser();
  expect(parser.push(STREAM)).toEqual(MESSAGES);
  expect(parser.retryMs()).toBe(250);
});

test("reads the same however the network cuts it", () => {
  for (let size = 1; size < 40; size++) {
    const parser = createSseParser();
    const found = [];
    for (let at = 0; at < STREAM.length; at += size) found.push(...parser.push(STREAM.slice(at, at + size)));
    expect(found, `in pieces of ${size}`).toEqual(MESSAGES);
  }
});

test.each([
  [": a comment\n\n", []],
  ["id: 7\n\n", []],
  ["event: webhook\n\n", []],
  ["unknown: field\ndata: x\n\n", [{ id: "", event: "message", data: "x" }]],
  ["id: a\u0000b\ndata: x\n\n", [{ id: "", event: "message", data: "x" }]],
  ["retry: soon\ndata\n\n", [{ id: "", event: "message", data: "" }]],
])("%j", (text, messages) => {
  expect(createSseParser().push(text)).toEqual(messages);
});

test("an id without data counts: the stream moves on", () => {
  const parser = createSseParser();
  parser.push("id: 7\n\n");
  expect(parser.push("data: x\n\n")).toEqual([{ id: "7", event: "message", data: "x" }]);
});
