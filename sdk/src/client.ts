import { AuthenticationError } from "./errors.ts";
import { createResources, type Resources } from "./resources.ts";
import { createTransport, wait, type TransportOptions } from "./transport.ts";

export interface SwitchhookOptions {
  apiKey: string;
  /** with `/api/v1`; a server on this machine where there is none */
  baseUrl?: string;
  /** for one attempt; 30 s where there is none */
  timeoutMs?: number;
  /** attempts after the first; 2 where there is none */
  maxRetries?: number;
  fetch?: typeof globalThis.fetch;
  /** how the time between two attempts is waited for; for tests */
  wait?: TransportOptions["wait"];
}

/** The API of one organization: a property a resource. */
export type Switchhook = Resources;

// A class for `new` and `instanceof`; its properties are the table's, so that a resource is named in one place.
// oxlint-disable-next-line typescript/no-extraneous-class
export const Switchhook: new (options: SwitchhookOptions) => Switchhook = class {
  constructor(options: SwitchhookOptions) {
    const { apiKey, baseUrl = "http://localhost:4000/api/v1" } = options;
    if (!apiKey) throw new AuthenticationError(401, undefined, "API key is required");
    const transport = createTransport({
      apiKey,
      baseUrl: baseUrl.replace(/\/+$/, ""),
      timeoutMs: options.timeoutMs ?? 30_000,
      maxRetries: options.maxRetries ?? 2,
      // Looked up at each request: fetch may be wrapped later, and not every platform lets it be called as a method.
      fetch: options.fetch ?? ((...request) => globalThis.fetch(...request)),
      wait: options.wait ?? wait,
    });
    Object.assign(this, createResources(transport));
  }
} as new (options: SwitchhookOptions) => Switchhook;
