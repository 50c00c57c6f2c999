import { describe, expect, test } from "vitest";
import { workflowDefinitionSchema, type WorkflowDefinition } from "./workflow-definition.ts";
import { arriveAt, entryOf, exitsOf, HAND_OFF_LINE, instructionsOf, nodeOf } from "./workflow-graph.ts";

const definition: WorkflowDefinition = workflowDefinitionSchema.parse({
  version: 1,
  entry_node: "talk",
  global_prompt: "You are the desk.",
  nodes: [
    { id: "talk", type: "conversation", instructions: "Ask what it is about." },
    { id: "more", type: "conversation", instructions: "Ask for more." },
    {
      id: "help",
      type: "conversation",
      instructions: "Explain.",
      global: true,
      global_description: "Asks for help",
    },
    {
      id: "privacy",
      type: "conversation",
      instructions: "Tell.",
      global: true,
      global_description: "Asks about data",
    },
    { id: "look_up", type: "tool", tool_name: "find_order" },
    { id: "check", type: "tool", tool_name: "check_order" },
    { id: "desk", type: "transfer", destination: "+31201234567" },
    { id: "bye", type: "end" },
  ],
  edges: [
    { from: "talk", to: "look_up", description: "Wants an order", message: "I will look." },
    { from: "talk", to: "more", description: "Says little" },
    { from: "talk", to: "desk", description: "Wants a person", message: "" },
    { from: "talk", to: "bye", description: "Is done", message: null },
    { from: "talk", to: "privacy", description: "Names the law" },
    { from: "look_up", to: "check" },
    { from: "check", to: "look_up", message: "Still looking." },
  ],
});
const talkOf = (id: string) => {
  const node = nodeOf(definition, id);
  if (node.type !== "conversation") throw new Error(id);
  return node;
};

describe("the ways out of a conversation", () => {
  const outOf = (id: string, taken: string[] = []) =>
    exitsOf(definition, talkOf(id), new Set(taken)).map(({ toolName, description, line }) => [
      toolName,
      description,
      line,
    ]);

  test("its edges, then the global nodes that no edge leads to", () => {
    expect(outOf("talk")).toEqual([
      ["go_to_look_up", "Wants an order", "I will look."],
      ["go_to_more", "Says little", HAND_OFF_LINE],
      ["go_to_desk", "Wants a person", undefined],
      ["go_to_bye", "Is done", undefined],
      ["go_to_privacy", "Names the law", HAND_OFF_LINE],
      ["go_to_help", "Asks for help", HAND_OFF_LINE],
    ]);
  });
  test("a global node does not lead to itself", () => {
    expect(outOf("help")).toEqual([["go_to_privacy", "Asks about data", HAND_OFF_LINE]]);
  });
  test("no two tools have one name", () => {
    expect(outOf("more", ["go_to_help", "go_to_help_"]).map(([name]) => name)).toEqual([
      "go_to_help__",
      "go_to_privacy",
    ]);
  });
});

test.each<[string, string[], object]>([
  ["talk", [], { kind: "conversation", node: { id: "talk" } }],
  ["desk", [], { kind: "transfer", node: { id: "desk" } }],
  ["bye", [], { kind: "end", node: { id: "bye" } }],
  ["look_up", [], { kind: "tool", next: "check", line: undefined }],
  ["check", ["look_up"], { kind: "tool", next: "look_up", line: "Still looking." }],
  ["look_up", ["look_up", "check"], { kind: "circle", node: { id: "look_up" } }],
])("arriving at %s after %j", (id, toolsRun, arrival) => {
  expect(arriveAt(definition, id, new Set(toolsRun))).toMatchObject(arrival);
});

test.each<[string | null, string]>([
  ["You are the desk.", "You are the desk.\n\nAsk what it is about."],
  [" ", "Ask what it is about."],
  [null, "Ask what it is about."],
])("with the global prompt %j the model is told %j", (global_prompt, told) => {
  expect(instructionsOf({ ...definition, global_prompt }, talkOf("talk"))).toBe(told);
});

test("what saving refuses is a bug here", () => {
  expect(() => nodeOf(definition, "nowhere")).toThrow('no node "nowhere"');
  expect(() => entryOf({ ...definition, entry_node: "bye" })).toThrow("of type end");
  expect(() => arriveAt({ ...definition, edges: [] }, "look_up", new Set())).toThrow("leads nowhere");
});
