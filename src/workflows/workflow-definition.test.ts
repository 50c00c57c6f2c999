import { describe, expect, test } from "vitest";
import { readBy } from "../http/validation.ts";
import { graphProblems, workflowDefinitionSchema } from "./workflow-definition.ts";

const talk = { id: "talk", type: "conversation", instructions: "Ask what it is about." };
const bye = { id: "bye", type: "end" };
const good = {
  version: 1,
  entry_node: "talk",
  global_prompt: "You are the desk.",
  nodes: [
    talk,
    { id: "look_up", type: "tool", tool_name: "find_order", arguments: { by: "phone" } },
    { id: "desk", type: "transfer", destination: "+31201234567", first_line: "One moment." },
    bye,
  ],
  edges: [
    { from: "talk", to: "look_up", description: "The caller asks for an order" },
    { from: "look_up", to: "desk", message: "I put you through." },
    { from: "talk", to: "bye", description: "The caller is done" },
  ],
};

function problemsOf(definition: unknown): string[] {
  const reading = readBy(workflowDefinitionSchema, definition);
  return reading.outcome === "invalid"
    ? reading.problems
    : graphProblems(reading.value, (url) => (url.startsWith("https://") ? undefined : "must be https"));
}
const withNode = (node: object) => ({ ...good, nodes: [...good.nodes, node] });
const withEdges = (...edges: object[]) => ({ ...good, edges: [...good.edges, ...edges] });
const withTalk = (fields: object) => ({ ...good, nodes: [{ ...talk, ...fields }, ...good.nodes.slice(1)] });

test.each<[string, object]>([
  ["the whole of it", good],
  ["one node and no edges", { version: 1, entry_node: "talk", nodes: [talk] }],
  ["nulls", { ...good, global_prompt: null, edges: null, nodes: [{ ...talk, first_line: null }] }],
  ["a node that nothing leads to", withNode({ id: "alone", type: "end" })],
  ["a global node", withNode({ ...talk, id: "help", global: true, global_description: "Asks for help" })],
  ["a node's own model and voice", withTalk({ llm_config: { provider: "mistral" }, voice: "nl" })],
  ["where the builder draws it", withTalk({ ui: { x: 1.5, y: -3, colour: "red" } })],
  [
    "tools in any spelling",
    withTalk({ tools: [{ type: "endCall" }, { name: "look", url: "https://a.example" }] }),
  ],
  [
    "a loop through two nodes",
    {
      ...good,
      nodes: [talk, { ...talk, id: "more" }],
      edges: [
        { from: "talk", to: "more", description: "a" },
        { from: "more", to: "talk", description: "b" },
      ],
    },
  ],
])("%s is good", (_what, definition) => {
  expect(problemsOf(definition)).toEqual([]);
});

describe("the graph", () => {
  test.each<[object, string[]]>([
    [{ ...good, entry_node: "missing" }, ['entry_node "missing" does not reference an existing node']],
    [{ ...good, entry_node: "bye" }, ['entry_node "bye" must be a conversation node, not of type end']],
    [withNode({ id: "bye", type: "end" }), ['node id "bye" is used more than once']],
    [
      withEdges({ from: "talk", to: "nowhere", description: "x" }),
      ['edges[3].to "nowhere" does not reference an existing node'],
    ],
    [withEdges({ from: "talk", to: "talk", description: "x" }), ['edges[3] leads from "talk" to itself']],
    [
      withEdges({ from: "talk", to: "bye", description: "again" }),
      ['edges[3] repeats the edge from "talk" to "bye"'],
    ],
    [withEdges({ from: "bye", to: "talk" }), ['edges[3] leaves "bye", whose type end ends the call']],
    [withEdges({ from: "desk", to: "bye" }), ['edges[3] leaves "desk", whose type transfer ends the call']],
    [
      withEdges({ from: "talk", to: "desk", description: " " }),
      ['edges[3].description is required: it tells the model when to leave "talk"'],
    ],
    [
      withEdges({ from: "look_up", to: "bye" }),
      ['tool node "look_up" must have exactly one outgoing edge, it has 2'],
    ],
    [
      withNode({ id: "other", type: "tool", tool_name: "x" }),
      ['tool node "other" must have exactly one outgoing edge, it has 0'],
    ],
    [
      withTalk({ tools: [{ name: "9" }, { type: "mcp", mcp_server_id: "x", allowed_tools: ["y"] }] }),
      [
        'node "talk": tools[0].name: must begin with a letter or _ and have at most 64 letters, digits, _ and -',
        'node "talk": tools[1].type: mcp is not available on a node',
      ],
    ],
    [
      {
        ...good,
        nodes: [
          ...good.nodes.slice(0, 1),
          { ...good.nodes[1], url: "http://10.0.0.1" },
          ...good.nodes.slice(2),
        ],
      },
      ['tool node "look_up": url: must be https'],
    ],
    [
      { ...withEdges({ from: "a", to: "b" }), entry_node: "c" },
      [
        'entry_node "c" does not reference an existing node',
        'edges[3].from "a" does not reference an existing node',
        'edges[3].to "b" does not reference an existing node',
      ],
    ],
  ])("case %#", (definition, problems) => {
    expect(problemsOf(definition)).toEqual(problems);
  });
});

describe("its parts", () => {
  test.each<[object, string]>([
    [{ ...good, version: 2 }, "version: must be 1, got 2"],
    [{ ...good, nodes: [] }, "nodes: must have at least 1 entries, got 0"],
    [withNode({ id: "Bye", type: "end" }), "nodes[4].id: must begin with a lowercase letter"],
    [withNode({ id: "x".repeat(42), type: "end" }), "nodes[4].id: must begin with a lowercase letter"],
    [withNode({ id: "x", type: "dance" }), "nodes[4].type: must be one of conversation, tool, transfer, end"],
    [withTalk({ instructions: " " }), "nodes[0].instructions: must not be empty"],
    [withTalk({ global: true }), "nodes[0].global_description: is required on a global node"],
    [
      withTalk({ voice: "nl", tts_config: { provider: "local", voice_id: "nl" } }),
      "nodes[0].voice: cannot be combined with tts_config",
    ],
    [
      withTalk({ llm_config: { provider: "openai_live" } }),
      "nodes[0].llm_config.provider: realtime_provider_not_allowed_per_node: openai_live cannot run on one node",
    ],
    [
      withTalk({ llm_config: { provider: "acme" } }),
      "nodes[0].llm_config.provider: must be one of openai, xai",
    ],
    [
      withTalk({ llm_config: { temperature: 3 } }),
      "nodes[0].llm_config.temperature: must be from 0 to 2, got 3",
    ],
    [withNode({ id: "y", type: "transfer", destination: "112" }), "nodes[4].destination: must be in E.164"],
    [withNode({ id: "y", type: "tool", tool_name: "a b" }), "nodes[4].tool_name: must be the name of a tool"],
  ])("case %#", (definition, problem) => {
    expect(problemsOf(definition)).toEqual([expect.stringContaining(problem)]);
  });
});
