import { afterAll, beforeAll, expect, test } from "vitest";
import { operations } from "../../src/openapi/document.ts";
import { ACCESS, mayUse } from "../../src/people/permissions.ts";
import { pathOfRoute } from "../../src/people/session-check.ts";
import { newId } from "../../src/ids.ts";
import { addUser, signIn, type Browser } from "../harness/people.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

// Every route of the server, asked by every role. A route without a decision in permissions.ts fails.

const ROLES = ["owner", "member", "read-only"] as const;
let two: TwoOrganizations;
const people: Partial<Record<(typeof ROLES)[number], Browser>> = {};
beforeAll(async () => {
  two = await startTwoOrganizations("memory");
  for (const role of ROLES) {
    await addUser(two.database.db, { email: `${role}@a.example`, memberOf: { [two.mine.id]: role } });
    people[role] = await signIn(two.api, `${role}@a.example`);
  }
});
afterAll(() => two.close());

/** Served to whoever asks. */
const PUBLIC = new Set([
  ...operations
    .filter(({ isPublic }) => isPublic)
    .map(({ method, path }) => `${method.toUpperCase()} ${path}`),
  "GET /api/openapi.json",
  "GET /docs",
  "GET /docs*",
  // By the token of a web call.
  ...["/rtc", "/rtc/validate", "/rtc/v1", "/rtc/v1/validate"].map((path) => `GET ${path}`),
]);

test("every route has its decision, and every decision its route", () => {
  const routes = two.api
    .routes()
    .map((route) => route.split(" ") as [string, string])
    .map(([method, url]) => `${method} ${pathOfRoute(url)}`)
    .filter((route) => !PUBLIC.has(route));
  const decided = Object.entries(ACCESS).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(decided.toSorted()).toEqual([...new Set(routes)].toSorted());
});

const decisions = Object.entries(ACCESS).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, access]) => [method, path, access] as const),
);
/** Not under /api/v1; and what never ends. */
const asked = decisions.filter(
  ([, path]) => path !== "/metrics" && !path.startsWith("/v1/") && !path.endsWith("/stream"),
);

test.each(asked)(
  "%s %s (%s) is let through for whom it should be, and nobody else",
  async (method, path, access) => {
    // Nothing is there, and no body is good: who is let through hears of that.
    const url = path.replaceAll(/\{\w+\}/g, () => newId());
    for (const role of ROLES) {
      // Whoever signs out here is not needed again.
      if (method === "DELETE" && path === "/session") continue;
      const { status, body } = await people[role]!.call(method, url, method === "GET" ? undefined : []);
      const isRefused = status === 403 && body.code === "role_not_allowed";
      expect({ role, isRefused }).toEqual({ role, isRefused: !mayUse(role, access) });
    }
  },
);

test("figures for Prometheus are for owners", async () => {
  expect(mayUse("member", ACCESS["/metrics"]!.GET!)).toBe(false);
});
