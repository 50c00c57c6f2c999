import createClient from "openapi-fetch";
import type { paths } from "../../../sdk/src/generated/api.ts";

let csrfToken: string | undefined;
let onSignedOut: () => void = () => undefined;

/** Of the session; every request that may change something carries it. */
export function setCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

/** What happens when the server knows the session no more. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/**
 * The public API, typed by its OpenAPI document (`npm run sdk:types`). Requests carry the session's cookie, because
 * they go where the page came from.
 */
export const api = createClient<paths>({ baseUrl: location.origin });

api.use({
  onRequest({ request }) {
    if (request.method !== "GET" && csrfToken !== undefined) request.headers.set("X-CSRF-Token", csrfToken);
    return request;
  },
  onResponse({ response, schemaPath }) {
    // A wrong password is a 401 too, and no session's end.
    if (response.status === 401 && !/\/(session|links\/\w+)$/.test(schemaPath)) onSignedOut();
  },
});
