import { describe, expect, test } from "vitest";
import { z } from "zod";
import { numberFrom, wholeNumberFrom } from "./fields.ts";
import { paginationQuery } from "./pagination.ts";
import { readBy } from "./validation.ts";

const schema = z.strictObject({
  name: z.string().min(2).max(4).optional(),
  ratio: numberFrom(0, 2).optional(),
  count: wholeNumberFrom(1, 9).optional(),
  isOn: z.boolean().optional(),
  list: z.array(z.string()).max(2).optional(),
  kind: z.enum(["a", "b"]).optional(),
  mail: z.email().optional(),
  none: z.null("cannot be set yet").optional(),
  block: z
    .discriminatedUnion("provider", [
      z.looseObject({ provider: z.literal("x"), speed: z.number() }),
      z.looseObject({ provider: z.literal("y") }),
    ])
    .optional(),
});

describe("a problem names the field, what is wrong, and what is allowed", () => {
  test.each([
    [{ name: 5 }, "name: must be a text, got 5"],
    [{ name: null }, "name: must be a text, got null"],
    [{ name: "a" }, "name: must have at least 2 characters, got 1"],
    [{ name: "secret text" }, "name: must have at most 4 characters, got 11"],
    [{ ratio: 3 }, "ratio: must be from 0 to 2, got 3"],
    [{ ratio: -1 }, "ratio: must be from 0 to 2, got -1"],
    [{ ratio: "1" }, "ratio: must be a number, got a text"],
    [{ count: 1.5 }, "count: must be a whole number, got 1.5"],
    [{ count: 10 }, "count: must be from 1 to 9, got 10"],
    [{ isOn: "yes" }, "isOn: must be true or false, got a text"],
    [{ list: "a" }, "list: must be a list, got a text"],
    [{ list: ["a", 1] }, "list[1]: must be a text, got 1"],
    [{ list: ["a", "b", "c"] }, "list: must have at most 2 entries, got 3"],
    [{ kind: "c" }, 'kind: must be one of a, b, got "c"'],
    [{ kind: "c".repeat(50) }, "kind: must be one of a, b, got a text"],
    [{ mail: "x" }, "mail: must be an e-mail address"],
    [{ none: "t" }, "none: cannot be set yet"],
    [{ block: {} }, "block.provider: is required: one of x, y"],
    [{ block: { provider: "z" } }, 'block.provider: must be one of x, y, got "z"'],
    [{ block: { provider: "x" } }, "block.speed: is required"],
    [{ block: 1 }, "block: must be an object, got 1"],
    [{ kind: { toString: [] } }, "kind: must be one of a, b, got an object"],
    [{ nam: 1 }, "nam: there is no such field"],
    [[], "body: must be an object, got a list"],
  ])("%j", (value, problem) => {
    expect(readBy(schema, value)).toEqual({ outcome: "invalid", problems: [problem] });
  });
});

test("an object that looks like a text, and cannot be written as one, is a problem like others", () => {
  const reading = readBy(schema, { name: { length: 9, toString: [] } });
  expect(reading).toMatchObject({ outcome: "invalid" });
  expect(reading).toHaveProperty("problems", expect.arrayContaining(["name: must be a text, got an object"]));
});

test("keeps the order of keys at every depth", () => {
  const value = { block: { z: 1, speed: 1, a: [{ d: 1, c: 2 }], provider: "x" }, ratio: 1, count: 2 };
  const reading = readBy(schema, value);
  expect(JSON.stringify(reading)).toBe(JSON.stringify({ outcome: "ok", value }));
});

describe("pagination", () => {
  const query = z.object(paginationQuery);

  test.each([
    [{}, { limit: 100, offset: 0 }],
    [
      { limit: "1", offset: "0" },
      { limit: 1, offset: 0 },
    ],
    [
      { limit: "1000", offset: "2147483647" },
      { limit: 1000, offset: 2_147_483_647 },
    ],
  ])("reads %j", (given, value) => {
    expect(readBy(query, given)).toEqual({ outcome: "ok", value });
  });

  test.each(["", "0", "1001", "-1", "1.5", "1e2", "0x10", " 5", "x", ["1", "2"], "99999999999"])(
    "refuses limit=%j",
    (limit) => {
      expect(readBy(query, { limit })).toEqual({
        outcome: "invalid",
        problems: ["limit: must be a whole number from 1 to 1000"],
      });
    },
  );
});
