import { expect, test } from "vitest";
import { showCatalog } from "./catalog.ts";
import { HELP_TEXTS, withHelp } from "./help-texts.ts";
import { PARAMS } from "./params.ts";

const { schemas } = showCatalog(() => true);

/** Of the settings that a form shows: what is inside of messages, tools and scripts has editors of its own. */
function settingsOf(schema: unknown, at: string): [string, unknown][] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
    if (keyword !== "properties") return settingsOf(value, at);
    return Object.entries(value as object).flatMap(([name, property]): [string, unknown][] => [
      [`${at}.${name}`, (property as { description?: unknown }).description],
      ...(["messages", "tools", "script"].includes(name) ? [] : settingsOf(property, `${at}.${name}`)),
    ]);
  });
}

test.each(Object.entries(schemas))("every setting of %s says what it does, in a sentence", (kind, schema) => {
  const settings = settingsOf(schema, kind);
  expect(settings.length).toBeGreaterThan(1);
  for (const [name, text] of settings) expect(text, name).toMatch(/^[A-Z].{8,120}\.$/);
});

test("every numeric setting is among them", () => {
  const told = Object.entries(schemas).flatMap(([kind, schema]) =>
    settingsOf(schema, kind).map(([name]) => name),
  );
  for (const [block, params] of Object.entries(PARAMS)) {
    for (const name of Object.keys(params)) {
      expect(
        told.some((path) => path.endsWith(`.${name}`)),
        `${block}.${name}`,
      ).toBe(true);
    }
  }
});

test("no text is left over", () => {
  const names = Object.keys(HELP_TEXTS).map((name) => name.split(".").at(-1)!);
  const text = JSON.stringify(schemas);
  for (const name of names) expect(text, name).toContain(`"${name}":`);
});

test("a setting that has a text of its own keeps it", () => {
  const schema = { properties: { speed: { description: "Mine." }, other: {} } };
  expect(withHelp(schema, "tts")).toEqual({ properties: { speed: { description: "Mine." }, other: {} } });
});
