import type { components } from "../../../sdk/src/generated/api.ts";

type Schemas = components["schemas"];

/**
 * What the API answers, by the names of its OpenAPI document. Fields that are always null are left out, as openapi-fetch
 * leaves them out of its answers.
 */
export type Wire<Name extends keyof Schemas> = WithoutNulls<Schemas[Name]>;

/** Of each member of a union by itself. */
type WithoutNulls<Schema> = Schema extends object
  ? { [Field in keyof Schema as Schema[Field] extends null ? never : Field]: Schema[Field] }
  : Schema;
