import type { z } from "zod";
import { ApiError } from "../errors.ts";

/**
 * Parses a request body, or refuses it with one line a problem that names the field, what is wrong and what is allowed.
 *
 * @throws ApiError 400
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  throw validationError(problemsOf(result.error));
}

export function validationError(details: readonly string[]): ApiError {
  return new ApiError(400, "Validation failed", { message: details.join("; "), details });
}

/** `llm_config.temperature: must be at most 2` */
export function problemsOf(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const path = issue.path
      .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
      .join("")
      .replace(/^\./, "");
    return `${path === "" ? "body" : path}: ${issue.message}`;
  });
}
