import { describe, expect, it } from "vitest";
import { changesBetween, isSame, valueAt, withValue } from "./document.ts";

const saved = {
  id: "a",
  name: "Front desk",
  first_message: "Hello",
  llm_config: { provider: "openai", house_rule: { kept: true }, tools: [{ name: "one" }, { name: "two" }] },
  speech_config: null,
};

describe("valueAt", () => {
  it.each([
    ["name", "Front desk"],
    ["llm_config.tools[1].name", "two"],
    ["llm_config.tools[9].name", undefined],
    ["speech_config.silence.messages", undefined],
    ["name.length.of", undefined],
  ])("finds %s", (path, value) => {
    expect(valueAt(saved, path)).toBe(value);
  });
});

describe("withValue", () => {
  it("changes one field and shares all the rest", () => {
    const changed = withValue(saved, "llm_config.tools[1].name", "three");
    expect(changed.llm_config.tools).toEqual([{ name: "one" }, { name: "three" }]);
    expect(changed.llm_config.house_rule).toBe(saved.llm_config.house_rule);
    expect(changed.llm_config.tools[0]).toBe(saved.llm_config.tools[0]);
    expect(saved.llm_config.tools[1]).toEqual({ name: "two" });
  });

  it.each([
    ["speech_config.silence.max_attempts", 4, { silence: { max_attempts: 4 } }],
    ["speech_config.end_call_phrases[0]", "Bye now", { end_call_phrases: ["Bye now"] }],
  ])("makes the blocks that %s stands in", (path, value, block) => {
    expect(withValue<object>(saved, path, value)).toMatchObject({ speech_config: block });
  });

  it("takes a field away, and an entry of a list with its place", () => {
    expect(withValue(saved, "llm_config.tools[0]", undefined).llm_config.tools).toEqual([{ name: "two" }]);
    expect(withValue(saved, "first_message", undefined)).not.toHaveProperty("first_message");
  });

  it("gives the same document when nothing changes", () => {
    expect(withValue(saved, "name", "Front desk")).toBe(saved);
    expect(withValue(saved, "speech_config.silence", undefined)).toBe(saved);
  });
});

describe("changesBetween", () => {
  it.each([
    ["nothing", saved, {}],
    ["nothing, for another order", Object.fromEntries(Object.entries(saved).toReversed()), {}],
    ["what the server sets", { ...saved, id: "b", updated_at: "later" }, {}],
    ["a field", { ...saved, name: "Desk" }, { name: "Desk" }],
    ["a block, whole", { ...saved, speech_config: { silence: null } }, { speech_config: { silence: null } }],
    ["null for what is gone", { ...saved, first_message: undefined }, { first_message: null }],
  ])("sends %s", (_what, draft, changes) => {
    expect(changesBetween(saved, draft)).toEqual(changes);
  });
});

describe("isSame", () => {
  it.each([
    [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
    [{ a: undefined }, {}, false],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [null, {}, false],
  ])("compares %j and %j", (one, other, same) => {
    expect(isSame(one, other)).toBe(same);
  });
});
