import { expect, test } from "vitest";
import { accessTo, mayUse, secretFieldOf, withoutSecret } from "./permissions.ts";

test.each([
  ["owner", [true, true, true, true]],
  ["member", [true, true, true, false]],
  ["read-only", [true, true, false, false]],
  [undefined, [true, false, false, false]],
] as const)("%s: person, read, change, own: %j", (role, allowed) => {
  expect((["person", "read", "change", "own"] as const).map((access) => mayUse(role, access))).toEqual(
    allowed,
  );
});

test("HEAD is asked as GET is; what nobody has decided is for owners", () => {
  expect(accessTo("HEAD", "/calls")).toBe("read");
  expect(accessTo("GET", "/nowhere")).toBe("own");
  expect(accessTo("PUT", "/calls")).toBe("own");
  expect(accessTo("GET", "constructor")).toBe("own");
});

test.each([
  ["/assistants", "webhook_secret"],
  ["/assistants/{id}/webhook/rotate-secret", "webhook_secret"],
  ["/assistantsx", undefined],
  ["/calls", undefined],
])("the secret of %s is %s", (path, field) => {
  expect(secretFieldOf(path)).toBe(field);
});

test("a secret is null wherever it stands, and the rest is as it was", () => {
  const date = new Date();
  expect(
    withoutSecret(
      { list: [{ secret: "x", a: 1, date }, null], secret: "y", deep: { b: { secret: null } } },
      "secret",
    ),
  ).toEqual({ list: [{ secret: null, a: 1, date }, null], secret: null, deep: { b: { secret: null } } });
});
