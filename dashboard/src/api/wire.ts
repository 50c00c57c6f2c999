import type { components } from "../../../sdk/src/generated/api.ts";

type Schemas = components["schemas"];

/**
 * What the API answers, by the names of its OpenAPI document. Fields that are always null are left out, as openapi-fetch
 * leaves them out of its answers.
 */
export type Wire<Name extends keyof Schemas> = {
  [Field in keyof Schemas[Name] as Schemas[Name][Field] extends null ? never : Field]: Schemas[Name][Field];
};
