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
  /** about somebody who has signed in: a session's cookie, and no API key */
  isForPeople?: boolean;
  /** not under /api/v1 */
  isAtRoot?: boolean;
  query?: z.ZodType;
  body?: z.ZodType;
  /** refusals besides those that every operation of its kind has (document.ts) */
  errors?: readonly ErrorCode[];
  /** by status; `contentType` undefined: JSON, where there is a schema. Of server-sent events the schema is an event's */
  answers: Record<number, { description: string; schema?: z.ZodType; contentType?: string }>;
}
