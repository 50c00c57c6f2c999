import { expect, test } from "vitest";
import { createLogger } from "../logger.ts";
import { createOrganizationProviders } from "./organization-providers.ts";

function start() {
  const keys = new Map<string, string>();
  let isBroken = false;
  let made = 0;
  const providersFor = createOrganizationProviders({
    common: "common",
    findOpenAiKey: (organizationId) =>
      isBroken ? Promise.reject(new Error("no database")) : Promise.resolve(keys.get(organizationId)),
    create(key) {
      made += 1;
      return `made with ${key}`;
    },
    logger: createLogger({ level: "silent" }),
  });
  return { keys, providersFor, made: () => made, breakDatabase: () => (isBroken = true) };
}

test("its own key goes before the server's, from the next call on", async () => {
  const { keys, providersFor, made } = start();
  expect(await providersFor("a")).toBe("common");
  keys.set("a", "k1");
  expect(await providersFor("a")).toBe("made with k1");
  expect(await providersFor("a")).toBe("made with k1");
  expect(made()).toBe(1);
  expect(await providersFor("b")).toBe("common");
  keys.set("a", "k2");
  expect(await providersFor("a")).toBe("made with k2");
  keys.delete("a");
  expect(await providersFor("a")).toBe("common");
});

test("a database that does not answer leaves what was known, else the server's", async () => {
  const { keys, providersFor, breakDatabase } = start();
  keys.set("a", "k1");
  await providersFor("a");
  breakDatabase();
  expect(await providersFor("a")).toBe("made with k1");
  expect(await providersFor("b")).toBe("common");
});
