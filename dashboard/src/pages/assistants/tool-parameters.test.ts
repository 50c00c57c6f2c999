import { describe, expect, it } from "vitest";
import {
  exampleArguments,
  isFieldsObject,
  newRowName,
  parametersProblem,
  rowsOf,
  withoutRow,
  withRow,
} from "./tool-parameters.ts";

const schema = {
  type: "object",
  additionalProperties: false,
  properties: {
    day: { type: "string", description: "Which day", format: "date" },
    guests: { type: "integer", minimum: 1, maximum: 12 },
    table: { anyOf: [{ type: "string" }, { type: "null" }] },
    size: { type: "integer", enum: [2, 4] },
  },
  required: ["day", "guests"],
};

describe("rowsOf", () => {
  it("shows a field a row", () => {
    expect(rowsOf(schema)).toEqual([
      { name: "day", type: "string", description: "Which day", isRequired: true, choices: [] },
      { name: "guests", type: "integer", description: "", isRequired: true, choices: [] },
      { name: "table", type: undefined, description: "", isRequired: false, choices: [] },
      { name: "size", type: "integer", description: "", isRequired: false, choices: ["2", "4"] },
    ]);
    expect(rowsOf(undefined)).toEqual([]);
  });
});

describe("withRow", () => {
  it("renames a field in its place and keeps what the row does not show", () => {
    const [day] = rowsOf(schema);
    const changed = withRow(schema, "day", { ...day!, name: "date", description: "" });
    expect(Object.entries(changed["properties"] as object)[0]).toEqual([
      "date",
      { type: "string", format: "date" },
    ]);
    expect(changed).toMatchObject({ additionalProperties: false, required: ["guests", "date"] });
  });

  it("writes back every row as it read it", () => {
    let written: unknown = schema;
    for (const row of rowsOf(schema)) written = withRow(written, row.name, row);
    expect(written).toEqual(schema);
  });

  it("adds a field to nothing", () => {
    const row = { name: "note", type: "string", description: "", isRequired: false, choices: ["a", "b"] };
    expect(withRow(undefined, "note", row)).toEqual({
      type: "object",
      properties: { note: { type: "string", enum: ["a", "b"] } },
    });
  });

  it("makes numbers of the choices of a number", () => {
    const row = { name: "size", type: "integer", description: "", isRequired: false, choices: ["2", "6"] };
    expect(withRow(schema, "size", row)["properties"]).toMatchObject({ size: { enum: [2, 6] } });
  });
});

it("takes a field away, also from what is required", () => {
  expect(withoutRow(schema, "guests")).toMatchObject({ required: ["day"] });
  expect(withoutRow(schema, "guests")["properties"]).not.toHaveProperty("guests");
});

it("finds a free name", () => {
  expect(newRowName({ properties: { field_1: {} } })).toBe("field_2");
});

it.each([
  [undefined, true],
  [{}, true],
  [schema, true],
  [{ type: "string" }, false],
  [{ properties: { a: true } }, false],
  [[], false],
])("shows %j as a table: %s", (given, isTable) => {
  expect(isFieldsObject(given)).toBe(isTable);
});

it("makes an example of what is required", () => {
  expect(exampleArguments(schema)).toEqual({ day: "", guests: 1 });
  const nested = {
    properties: {
      who: { type: "object", properties: { name: { type: "string", default: "Ann" } }, required: ["name"] },
      kind: { enum: ["a", "b"] },
      isNew: { type: "boolean" },
    },
    required: ["who", "kind", "isNew"],
  };
  expect(exampleArguments(nested)).toEqual({ who: { name: "Ann" }, kind: "a", isNew: true });
});

it.each([
  [null, undefined],
  [schema, undefined],
  [[], "not-an-object"],
  ["text", "not-an-object"],
  [{ type: "array" }, "not-fields"],
  [{ properties: {}, required: ["ghost"] }, "unknown-required"],
])("judges %j: %s", (value, problem) => {
  expect(parametersProblem(value)).toBe(problem);
});
