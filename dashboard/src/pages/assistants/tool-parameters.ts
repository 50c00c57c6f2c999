import type { Document } from "./document.ts";

export const PARAMETER_TYPES = ["string", "number", "integer", "boolean", "array", "object"] as const;

/** An argument of a tool: a property of its JSON Schema, as a row of a table. */
export interface ParameterRow {
  name: string;
  /** undefined: a shape that has no single type (`anyOf`, a list of types); it is edited as JSON */
  type: string | undefined;
  description: string;
  isRequired: boolean;
  /** what the value may be; empty: anything */
  choices: readonly string[];
}

type Schema = Document;

/** Whether a table can show it: an object of fields. What the table does not show of a field stays as it is. */
export function isFieldsObject(schema: unknown): boolean {
  if (schema === undefined || schema === null) return true;
  if (typeof schema !== "object" || Array.isArray(schema)) return false;
  const { type = "object", properties = {}, required = [] } = schema as Record<string, unknown>;
  return (
    type === "object" &&
    typeof properties === "object" &&
    properties !== null &&
    Object.values(properties).every((property) => typeof property === "object" && property !== null) &&
    Array.isArray(required)
  );
}

export function rowsOf(schema: unknown): ParameterRow[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, Schema>;
    required?: unknown[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    type: typeof property["type"] === "string" ? property["type"] : undefined,
    description: typeof property["description"] === "string" ? property["description"] : "",
    isRequired: required.includes(name),
    choices: Array.isArray(property["enum"]) ? property["enum"].map(String) : [],
  }));
}

/** The schema with one row changed; the order of the fields, and all that the row does not show, stay. */
export function withRow(schema: unknown, name: string, row: ParameterRow): Schema {
  const properties = propertiesOf(schema);
  const entries = Object.entries(properties).map(([each, property]) =>
    each === name ? ([row.name, withRowIn(property, row)] as const) : ([each, property] as const),
  );
  if (!(name in properties)) entries.push([row.name, withRowIn({}, row)]);
  return withProperties(schema, entries, (required) => {
    const others = required.filter((each) => each !== name && each !== row.name);
    return row.isRequired ? [...others, row.name] : others;
  });
}

export function withoutRow(schema: unknown, name: string): Schema {
  const entries = Object.entries(propertiesOf(schema)).filter(([each]) => each !== name);
  return withProperties(schema, entries, (required) => required.filter((each) => each !== name));
}

/** A name that no row has yet. */
export function newRowName(schema: unknown): string {
  const taken = propertiesOf(schema);
  let number = 1;
  while (`field_${number}` in taken) number += 1;
  return `field_${number}`;
}

/**
 * An example of the arguments, for trying a tool: every required field, with what the schema gives for it.
 */
export function exampleArguments(schema: unknown): Record<string, unknown> {
  return Object.fromEntries(
    rowsOf(schema)
      .filter(({ isRequired }) => isRequired)
      .map(({ name }) => [name, exampleOf(propertiesOf(schema)[name] ?? {})]),
  );
}

function exampleOf(property: Schema): unknown {
  const { default: standard, examples, enum: choices, const: only } = property as Record<string, unknown>;
  if (standard !== undefined) return standard;
  if (Array.isArray(examples) && examples.length > 0) return examples[0];
  if (Array.isArray(choices) && choices.length > 0) return choices[0];
  if (only !== undefined) return only;
  switch (property["type"]) {
    case "number":
    case "integer":
      return typeof property["minimum"] === "number" ? property["minimum"] : 1;
    case "boolean":
      return true;
    case "array":
      return [];
    case "object":
      return exampleArguments(property);
    default:
      return "";
  }
}

/** Why this cannot be a tool's parameters; undefined when it can. What JSON Schema means by it is the model's to read. */
export function parametersProblem(
  value: unknown,
): "not-an-object" | "not-fields" | "unknown-required" | undefined {
  if (value === null) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) return "not-an-object";
  const { type = "object", properties = {}, required = [] } = value as Record<string, unknown>;
  if (type !== "object" || typeof properties !== "object" || properties === null) return "not-fields";
  if (!Array.isArray(required)) return "unknown-required";
  return required.every((name) => Object.hasOwn(properties, String(name))) ? undefined : "unknown-required";
}

function propertiesOf(schema: unknown): Record<string, Schema> {
  return ((schema ?? {}) as { properties?: Record<string, Schema> }).properties ?? {};
}

function withRowIn(property: Schema, row: ParameterRow): Schema {
  const { type, description: _description, enum: before, ...rest } = property as Record<string, unknown>;
  const isNumeric = row.type === "number" || row.type === "integer";
  // Unchanged choices stay what they are, numbers and null among them.
  const isUnchanged = Array.isArray(before) && before.map(String).join("\n") === row.choices.join("\n");
  const choices = isUnchanged ? before : row.choices.map((choice) => (isNumeric ? Number(choice) : choice));
  return {
    ...((row.type ?? type) !== undefined && { type: row.type ?? type }),
    ...(row.description !== "" && { description: row.description }),
    ...(choices.length > 0 && { enum: choices }),
    ...rest,
  };
}

function withProperties(
  schema: unknown,
  entries: readonly (readonly [string, Schema])[],
  requiredAfter: (required: string[]) => string[],
): Schema {
  const before = (schema ?? {}) as Record<string, unknown>;
  const required = requiredAfter(Array.isArray(before["required"]) ? before["required"].map(String) : []);
  const { required: _required, ...rest } = before;
  return {
    type: "object",
    ...rest,
    properties: Object.fromEntries(entries),
    ...(required.length > 0 && { required }),
  };
}
