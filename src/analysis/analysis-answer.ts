import { z } from "zod";

export type AnalysisAnswer =
  | { outcome: "data"; data: Record<string, unknown> }
  /** `problem`: in words that the model can do something with */
  | { outcome: "unusable"; problem: string };

/** Looks at what a model has answered. @returns undefined: it is as the schema wants it */
export type AnalysisCheck = (data: Record<string, unknown>) => string | undefined;

const MOST_PROBLEMS = 10;

/**
 * Reads a model's answer: one JSON object, also in a fence or between sentences, as models like to have it. Pure.
 *
 * @param check  of the plan's schema
 */
export function readAnalysis(text: string, check: AnalysisCheck): AnalysisAnswer {
  const data = parse(text) ?? parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
  if (!data) return { outcome: "unusable", problem: "the answer is not a JSON object" };
  const problem = check(data);
  return problem === undefined ? { outcome: "data", data } : { outcome: "unusable", problem };
}

/**
 * Regular expressions of the schema are for the model alone: one that takes for ever would stand in the way of the calls of this
 * process.
 *
 * @param schema  undefined: any object is good
 * @throws when it is no JSON Schema
 */
export function createAnalysisCheck(schema: Record<string, unknown> | undefined): AnalysisCheck {
  if (!schema) return () => undefined;
  const checked = z.fromJSONSchema(withoutPatterns(schema) as Parameters<typeof z.fromJSONSchema>[0]);
  return (data) => {
    const result = checked.safeParse(data);
    if (result.success) return undefined;
    return result.error.issues
      .slice(0, MOST_PROBLEMS)
      .map(({ path, message }) => `${path.length > 0 ? path.join(".") : "the object"}: ${message}`)
      .join("; ");
  };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const DATA_KEYWORDS = new Set(["enum", "const", "default", "examples"]);

function withoutPatterns(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutPatterns);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      // A property that is called so has a schema for a value, and not a text.
      .filter(([key, value]) => !(typeof value === "string" && (key === "pattern" || key === "format")))
      .filter(([key]) => key !== "patternProperties")
      .map(([key, value]) => [key, DATA_KEYWORDS.has(key) ? value : withoutPatterns(value)]),
  );
}
