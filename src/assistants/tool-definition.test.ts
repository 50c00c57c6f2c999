import { describe, expect, test } from "vitest";
import { normalizeTools } from "./tool-definition.ts";

const webhook = {
  kind: "webhook",
  name: "look",
  description: undefined,
  parameters: undefined,
  url: undefined,
  secret: undefined,
  isAsync: false,
  message: undefined,
};
const parameters = { type: "object", properties: { id: { type: "string" } } };
const [a, b] = ["https://a.example/", "https://b.example/"];

describe("every accepted spelling (facts 5.1, 5.2)", () => {
  test.each<[string, object, object]>([
    ["flat", { name: "look" }, webhook],
    ["flat with a type", { type: "function", name: "look" }, webhook],
    [
      "nothing but nulls",
      { name: "look", description: null, parameters: null, url: null, message: null },
      webhook,
    ],
    [
      "flat with everything",
      {
        name: "look",
        description: "Looks",
        parameters,
        url: a,
        server: { secret: "s" },
        async: true,
        message: "Wait",
      },
      { ...webhook, description: "Looks", parameters, url: a, secret: "s", isAsync: true, message: "Wait" },
    ],
    [
      "nested as OpenAI writes it",
      {
        type: "function",
        function: { name: "look", description: "Looks", parameters },
        server: { url: b },
        async: true,
      },
      { ...webhook, description: "Looks", parameters, url: b, isAsync: true },
    ],
    ["url over server.url", { name: "look", url: a, server: { url: b } }, { ...webhook, url: a }],
    ["an empty url as none", { name: "look", url: "", server: { url: b } }, { ...webhook, url: b }],
    ["async_response", { name: "look", async_response: "Soon" }, { ...webhook, message: "Soon" }],
    ["asyncResponse", { name: "look", asyncResponse: "Soon" }, { ...webhook, message: "Soon" }],
    [
      "message over async_response",
      { name: "look", message: "New", async_response: "Old" },
      { ...webhook, message: "New" },
    ],
    ["parameters without a type", { name: "look", parameters: {} }, { ...webhook, parameters: {} }],
    ["end_call", { type: "end_call" }, { kind: "end-call" }],
    ["endCall", { type: "endCall" }, { kind: "end-call" }],
    [
      "transfer_call",
      {
        type: "transfer_call",
        destinations: [{ type: "number", number: "+31850835037", description: "Desk" }],
      },
      {
        kind: "transfer-call",
        destinations: [{ number: "+31850835037", description: "Desk", message: undefined, warm: undefined }],
      },
    ],
    [
      "transferCall",
      { type: "transferCall", destinations: [{ number: "+31850835037", message: "One moment" }] },
      {
        kind: "transfer-call",
        destinations: [{ number: "+31850835037", description: "", message: "One moment", warm: undefined }],
      },
    ],
    [
      "transfer_call to a SIP URI, warm",
      {
        type: "transfer_call",
        destinations: [
          {
            type: "sip",
            sip_uri: "sip:desk@pbx.example",
            mode: "warm",
            accept_digit: "5",
            briefing: "An order",
            accept_prompt: "Press five",
          },
          { number: "+31850835037", mode: "warm" },
          { number: "+31850835038", mode: "cold", reject_digit: null },
        ],
      },
      {
        kind: "transfer-call",
        destinations: [
          {
            number: "sip:desk@pbx.example",
            description: "",
            message: undefined,
            warm: { acceptDigit: "5", rejectDigit: "2", briefing: "An order", prompt: "Press five" },
          },
          {
            number: "+31850835037",
            description: "",
            message: undefined,
            warm: { acceptDigit: "1", rejectDigit: "2", briefing: undefined, prompt: undefined },
          },
          { number: "+31850835038", description: "", message: undefined, warm: undefined },
        ],
      },
    ],
    [
      "mcp",
      { type: "mcp", mcp_server_id: "m", allowed_tools: ["x"] },
      { kind: "mcp", serverId: "m", allowedTools: ["x"], isRequired: true },
    ],
    [
      "mcp that may be away",
      { type: "mcp", mcp_server_id: "m", allowed_tools: ["x"], required: false },
      { kind: "mcp", serverId: "m", allowedTools: ["x"], isRequired: false },
    ],
  ])("%s", (_sentence, tool, expected) => {
    expect(normalizeTools([tool])).toEqual({ tools: [expected], problems: [] });
  });
});

describe("a problem says where it is and what is allowed", () => {
  const transfer = (destination: unknown) => ({ type: "transfer_call", destinations: [destination] });
  const mcp = (more: object) => ({ type: "mcp", mcp_server_id: "m", allowed_tools: ["x"], ...more });
  test.each<[unknown, string]>([
    ["look", "[0]: must be an object"],
    [null, "[0]: must be an object"],
    [{ type: "sms" }, "[0].type: must be function, end_call, transfer_call, send_digits or mcp"],
    [{}, "[0].name: must begin with a letter"],
    [{ name: "no good" }, "[0].name: must begin with a letter"],
    [{ name: "x".repeat(65) }, "[0].name: must begin with a letter"],
    [{ type: "function", function: {} }, "[0].name: must begin with a letter"],
    [{ name: "end_call" }, "[0].name: end_call is the name of a built-in tool"],
    [{ name: "look", description: 1 }, "[0].description: must be a text"],
    [{ name: "look", parameters: [] }, "[0].parameters: must be a JSON Schema object"],
    [{ name: "look", parameters: { type: "string" } }, "[0].parameters.type: must be object"],
    [{ name: "look", url: 1 }, "[0].url: must be a text"],
    [{ name: "look", url: "http://inside/" }, "[0].url: is inside"],
    [{ name: "look", server: { url: "http://inside/" } }, "[0].server.url: is inside"],
    [{ name: "look", url: a, server: { url: "http://inside/" } }, "[0].server.url: is inside"],
    [{ name: "look", server: "x" }, "[0].server: must be an object"],
    [{ name: "look", server: { secret: 1 } }, "[0].server.secret: must be a text"],
    [{ name: "look", async: "yes" }, "[0].async: must be true or false"],
    [{ name: "look", message: {} }, "[0].message: must be a text"],
    [{ type: "transfer_call" }, "[0].destinations: must be a list of at least 1"],
    [{ type: "transfer_call", destinations: [] }, "[0].destinations: must be a list of at least 1"],
    [transfer("+31850835037"), "[0].destinations[0]: must be an object with a number"],
    [transfer({ number: "0850835037" }), "[0].destinations[0].number: must be in E.164"],
    [transfer({ type: "fax", number: "+31850835037" }), "[0].destinations[0].type: must be number or sip"],
    [transfer({ type: "sip", number: "+31850835037" }), "[0].destinations[0].sip_uri: must be a SIP URI"],
    [transfer({ type: "sip", sip_uri: "desk@pbx" }), "[0].destinations[0].sip_uri: must be a SIP URI"],
    [transfer({ number: "+31850835037", description: 1 }), "[0].destinations[0].description: must be a text"],
    [transfer({ number: "+31850835037", briefing: 1 }), "[0].destinations[0].briefing: must be a text"],
    [transfer({ number: "+31850835037", mode: "hot" }), "[0].destinations[0].mode: must be cold or warm"],
    [
      transfer({ number: "+31850835037", accept_digit: "12" }),
      "[0].destinations[0].accept_digit: must be one key",
    ],
    [
      transfer({ number: "+31850835037", accept_digit: "2" }),
      "[0].destinations[0].reject_digit: must be another key than accept_digit",
    ],
    [mcp({ mcp_server_id: undefined }), "[0].mcp_server_id: must be the id"],
    [mcp({ allowed_tools: [] }), "[0].allowed_tools: must name 1 to 25 tools, got 0"],
    [mcp({ allowed_tools: Array(26).fill("x") }), "[0].allowed_tools: must name 1 to 25 tools, got 26"],
    [mcp({ allowed_tools: [1] }), "[0].allowed_tools: must be a list of tools' names"],
    [mcp({ required: "yes" }), "[0].required: must be true or false"],
  ])("%j", (tool, problem) => {
    const refuseUrl = (url: string) => (url.includes("inside") ? "is inside" : undefined);
    const { tools, problems } = normalizeTools([tool], refuseUrl);
    expect(tools).toEqual([]);
    expect(problems).toEqual([expect.stringContaining(`llm_config.tools${problem}`)]);
  });

  test("of a second tool with the same name", () => {
    const { tools, problems } = normalizeTools([{ name: "look" }, { type: "end_call" }, { name: "look" }]);
    expect(tools).toHaveLength(2);
    expect(problems).toEqual(["llm_config.tools[2].name: another tool is named look already"]);
  });

  test("of something that is no list; nothing is no tools", () => {
    expect(normalizeTools({})).toEqual({ tools: [], problems: ["llm_config.tools: must be a list"] });
    for (const nothing of [undefined, null, []]) {
      expect(normalizeTools(nothing)).toEqual({ tools: [], problems: [] });
    }
  });
});
