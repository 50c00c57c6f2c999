import { expect, test } from "vitest";
import { withoutToolSecrets, withToolSecretOf, withToolSecretsOf } from "./tool-secrets.ts";
import type { AssistantConfiguration } from "./configuration.ts";

const withTools = (...tools: unknown[]): AssistantConfiguration => ({
  name: "Desk",
  llm_config: { provider: "openai", tools, model: "m" },
});
const flat = (secret: string | null) => ({ name: "flat", server: { url: "https://a.example/", secret } });
const nested = (secret: string | null) => ({
  type: "function",
  function: { name: "nested" },
  server: { secret },
});
const others = [
  { type: "end_call" },
  { name: "bare" },
  { name: "own", url: "https://b.example/" },
  "rubbish",
];

test("secrets of tools do not go into a version, and everything else stays as it is, in its order", () => {
  const kept = withoutToolSecrets(withTools(flat("s1"), ...others, nested("s2")));
  expect(JSON.stringify(kept)).toBe(JSON.stringify(withTools(flat(null), ...others, nested(null))));
});

test.each<AssistantConfiguration>([
  {},
  { llm_config: { provider: "openai" } },
  { llm_config: { provider: "x", tools: 1 } },
])("%j has none", (configuration) => expect(withoutToolSecrets(configuration)).toEqual(configuration));

test("what is brought back has today's secrets, by the name of the tool", () => {
  const version = withTools(flat(null), nested(null), ...others, { name: "gone", server: { secret: null } });
  const today = withTools(nested("new"), { name: "other", server: { secret: "x" } }, flat("s1"));
  expect(withToolSecretsOf(version, today)).toEqual(
    withTools(flat("s1"), nested("new"), ...others, { name: "gone", server: { secret: null } }),
  );
  // One that never had a secret does not get one.
  expect(withToolSecretsOf(withTools({ name: "flat" }), today)).toEqual(withTools({ name: "flat" }));
});

test("a tool by itself has today's secret, where it has null in its place", () => {
  expect(withToolSecretOf(nested(null), nested("s1"))).toEqual(nested("s1"));
  expect(withToolSecretOf({ name: "x", url: "https://a.example/" }, flat("s1"))).not.toHaveProperty("server");
  expect(withToolSecretOf(flat("s2"), flat("s1"))).toEqual(flat("s2"));
});
