import { expect, test } from "vitest";
import { createResources } from "../../sdk/src/resources.ts";
import { operations } from "../../src/openapi/document.ts";

// Not an operation of a client: how the server is doing, its live streams, and files; and what people do for themselves,
// with the session of their browser.
const LEFT_OUT =
  /^(?:\w+ \/(?:session|me|links)(?:\/.*)?|get \/(health|metrics|operational-events|webhook-events\/stream|calls\/stream|calls\/x\/stream|recordings\/x|calls\/x\/call\.pcap))$/;

test("every operation that is not deprecated has its line", async () => {
  const called = new Set<string>();
  const resources: Record<string, object> = createResources(({ method, path }) => {
    called.add(`${method.toLowerCase()} ${path}`);
    return Promise.resolve({});
  });
  for (const resource of Object.values(resources))
    for (const operation of Object.values(resource) as ((...args: unknown[]) => Promise<unknown>)[])
      await Promise.resolve(operation("x", "x", "x")).catch(() => undefined);
  const wanted = operations
    // What is at the root for others' clients as well is called where the rest is.
    .filter(({ isDeprecated, path }) => !isDeprecated && path !== "/v1/web-calls")
    .map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, "x")}`)
    .filter((operation) => !LEFT_OUT.test(operation));
  expect([...called].toSorted()).toEqual(expect.arrayContaining(wanted));
});
