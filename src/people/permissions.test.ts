import { expect, test } from "vitest";
import {
  accessTo,
  findSetSecret,
  mayUse,
  secretFieldsOf,
  showsSecret,
  withoutSecrets,
} from "./permissions.ts";

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

const OF_ASSISTANTS = ["webhook_secret", "llm_config.tools.server.secret"];

test.each([
  ["/assistants", OF_ASSISTANTS],
  ["/assistants/{id}/webhook/rotate-secret", OF_ASSISTANTS],
  ["/agents/{id}", OF_ASSISTANTS],
  ["/tool-templates/{id}", ["tool_config.server.secret"]],
  ["/settings/webhook", ["secret"]],
  ["/assistantsx", []],
  ["/calls", []],
])("the secrets of %s are %j", (path, fields) => {
  expect(secretFieldsOf(path)).toEqual(fields);
});

test("a secret is null wherever it stands, and the rest is as it was", () => {
  const date = new Date();
  expect(
    withoutSecrets(
      { list: [{ secret: "x", a: 1, date }, null], secret: "y", deep: { b: { secret: null } } },
      ["secret"],
    ),
  ).toEqual({ list: [{ secret: null, a: 1, date }, null], secret: null, deep: { b: { secret: null } } });
});

const withTools = (...tools: unknown[]) => ({ name: "Desk", llm_config: { model: "m", tools } });

test("of tools only what signs is a secret, whatever else is called so", () => {
  const tool = (secret: string | null) => ({
    name: "look_up",
    parameters: { properties: { secret: { type: "string" } } },
    server: { url: "https://a.example/", secret },
  });
  const shown = (secret: string | null) => ({
    assistants: [{ ...withTools({ type: "end_call" }, tool(secret)), metadata: { server: { secret: "x" } } }],
  });
  expect(withoutSecrets(shown("s"), OF_ASSISTANTS)).toEqual(shown(null));
});

test.each([
  [{ name: "Desk" }, undefined],
  [{ webhook_secret: "s" }, "webhook_secret"],
  // What was read as null would be written back as none.
  [{ webhook_secret: null }, "webhook_secret"],
  [withTools({ name: "a", server: { secret: "s" } }), "llm_config.tools.server.secret"],
  // Tools are written as a whole, and the one that there is stays.
  [withTools({ name: "a", server: { secret: null } }, { name: "b" }, "rubbish"), undefined],
  [["rubbish"], undefined],
  [null, undefined],
])("%j sets %s", (body, field) => {
  expect(findSetSecret(body, OF_ASSISTANTS)).toBe(field);
});

test.each([
  [{ assistant: { webhook_secret: "s" } }, true],
  [{ assistant: withTools({ name: "a", server: { secret: "s" } }) }, true],
  [{ assistant: { webhook_secret: null, ...withTools({ server: { secret: null } }) } }, false],
  [{ success: true }, false],
  [null, false],
])("%j shows a secret: %j", (answer, isShown) => {
  expect(showsSecret(answer, OF_ASSISTANTS)).toBe(isShown);
});
