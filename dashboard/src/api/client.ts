import createClient from "openapi-fetch";
import type { paths } from "../../../sdk/src/generated/api.ts";

/**
 * The public API, typed by its OpenAPI document (`npm run sdk:types`). Requests carry the session's cookie, because
 * they go where the page came from.
 */
export const api = createClient<paths>({ baseUrl: location.origin });
