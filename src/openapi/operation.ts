import type { z } from "zod";
import type { ErrorCode } from "../error-codes.ts";

/** One operation as the document tells of it. What it accepts is the very schema that validates. */
export interface Operation {
  method: "get" | "post" | "patch" | "delete";
  /** as OpenAPI writes it: `/assistants/{id}` */
  path: string;
  summary: string;
  tag: string;
  /** ours, and not in the product whose API this is */
  isExtension?: boolean;
  isDeprecated?: boolean;
  /** without an API key */
  isPublic?: boolean;
  /** not under /api/v1 */
  isAtRoot?: boolean;
  query?: z.ZodType;
  body?: z.ZodType;
  /** by status; `schema` undefined: no JSON */
  /** refusals besides those that every operation of its kind has (document.ts) */
  errors?: readonly ErrorCode[];
  answers: Record<
    number,
    { description: string; schema?: z.ZodType; /** of an answer that is no JSON */ contentType?: string }
  >;
}
