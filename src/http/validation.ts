import type { z } from "zod";
import { ApiError } from "../errors.ts";

export type Reading<T> = { outcome: "ok"; value: T } | { outcome: "invalid"; problems: string[] };

/**
 * Reads a value by a schema. What comes back keeps the key order it came with, because documents are stored and
 * returned as they came and a schema has an order of its own. Problems are one line each: the field, what is wrong
 * with it, what is allowed.
 */
export function readBy<Schema extends z.ZodType>(schema: Schema, value: unknown): Reading<z.output<Schema>> {
  const result = schema.safeParse(value, { error: explain });
  return result.success
    ? { outcome: "ok", value: inGivenOrder(value, result.data) as z.output<Schema> }
    : { outcome: "invalid", problems: problemsOf(result.error) };
}

/**
 * Reads a request's body or query, or refuses the request. No body at all counts as an empty object.
 *
 * @throws ApiError 400
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const reading = readBy(schema, body === undefined ? {} : body);
  if (reading.outcome === "ok") return reading.value;
  throw validationError(reading.problems);
}

export function validationError(details: readonly string[]): ApiError {
  return new ApiError("invalid_request", { message: details.join("; "), details });
}

/** `llm_config.temperature: must be from 0 to 2, got 3` */
export function problemsOf(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => `${pathOf([...issue.path, key])}: there is no such field`)
      : `${pathOf(issue.path)}: ${issue.message}`,
  );
}

function pathOf(parts: readonly PropertyKey[]): string {
  const path = parts.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return path.replace(/^\./, "") || "body";
}

/**
 * Words for what zod finds. A schema's own message goes before these. A text is never repeated, only its length: it
 * may be a secret. The exceptions are a number out of range and a short word that should be one of a few.
 */
const explain: z.core.$ZodErrorMap = (issue) => {
  const { input } = issue;
  switch (issue.code) {
    case "invalid_type":
      if (input === undefined) return "is required";
      return `must be ${KINDS[issue.expected] ?? issue.expected}, got ${kindOf(input)}`;
    case "invalid_value":
      return oneOf(issue.values, input);
    case "invalid_union": {
      if (!("discriminator" in issue) || !Array.isArray(issue["options"])) return undefined;
      return oneOf(issue["options"], (input as Record<string, unknown>)[String(issue["discriminator"])]);
    }
    case "too_small":
      return `must ${boundOf(issue.origin, "at least", issue.minimum)}, got ${sizeOf(input)}`;
    case "too_big":
      return `must ${boundOf(issue.origin, "at most", issue.maximum)}, got ${sizeOf(input)}`;
    case "invalid_format":
      return issue.format === "email" ? "must be an e-mail address" : `is not a valid ${issue.format}`;
    // Without words of ours: the schema's own message, else zod's.
    case "custom":
    case "unrecognized_keys":
    case "not_multiple_of":
    case "invalid_key":
    case "invalid_element":
      return undefined;
  }
};

const KINDS: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

function kindOf(input: unknown): string {
  if (input === null) return "null";
  if (Array.isArray(input)) return "a list";
  // A number instead of a whole number, or true instead of a text: the value says more than its kind.
  if (typeof input === "number" || typeof input === "boolean") return String(input);
  return KINDS[typeof input] ?? typeof input;
}

function oneOf(values: readonly unknown[], input: unknown): string {
  const allowed = values.length === 1 ? String(values[0]) : `one of ${values.join(", ")}`;
  if (input === undefined) return `is required: ${allowed}`;
  const got = typeof input === "string" && input.length <= 40 ? JSON.stringify(input) : kindOf(input);
  return `must be ${allowed}, got ${got}`;
}

function boundOf(origin: string, side: string, bound: number | bigint): string {
  if (origin === "string") return `have ${side} ${bound} characters`;
  if (origin === "array") return `have ${side} ${bound} entries`;
  return `be ${side} ${bound}`;
}

/** zod measures whatever has a `length`, an object with a field of that name too; and `String` may throw on an object. */
function sizeOf(input: unknown): string {
  return typeof input === "string" || Array.isArray(input) ? String(input.length) : kindOf(input);
}

function inGivenOrder(given: unknown, parsed: unknown): unknown {
  if (typeof given !== "object" || given === null || typeof parsed !== "object" || parsed === null)
    return parsed;
  if (Array.isArray(parsed)) {
    return Array.isArray(given) ? parsed.map((entry, index) => inGivenOrder(given[index], entry)) : parsed;
  }
  // A value that a schema made (a Date) has no order to keep.
  if (Object.getPrototypeOf(parsed) !== Object.prototype) return parsed;
  const [from, to] = [given as Record<string, unknown>, parsed as Record<string, unknown>];
  const keys = new Set([...Object.keys(from).filter((key) => Object.hasOwn(to, key)), ...Object.keys(to)]);
  return Object.fromEntries([...keys].map((key) => [key, inGivenOrder(from[key], to[key])]));
}
