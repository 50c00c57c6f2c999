import type { llm, voice } from "@livekit/agents";
import { AsyncLocalStorage } from "node:async_hooks";
import { toError } from "../../errors.ts";
import type { WorkflowNote } from "../../speech/llm/scripted-llm.ts";
import { entryConfiguration, nodeConfiguration } from "../../workflows/node-configuration.ts";
import type { WorkflowDefinition } from "../../workflows/workflow-definition.ts";
import {
  arriveAt,
  entryOf,
  exitsOf,
  type ConversationNode,
  type EndNode,
  type Exit,
  type ToolNode,
  type TransferNode,
} from "../../workflows/workflow-graph.ts";
import type { ConversationRequest } from "../conversation.ts";
import type { LiveConversation } from "../live-conversation.ts";
import { promptOf } from "../prompt.ts";
import { withKeptResults } from "./kept-results.ts";
import { createNodeModels } from "./node-models.ts";
import { outcomeOf, toolCallOf } from "./tool-node.ts";
import { transitionTools } from "./transition-tools.ts";

const GOODBYE = "Thank you for calling. Goodbye.";
const ENTERED =
  "The conversation has moved on, and your instructions with it. Do not greet the caller again.";
/** A model that moves on by itself, without a word of the caller's between, is made to speak after so many times. */
const MOVES_WITHOUT_CALLER = 5;

/** What the session begins with: the entry node, on the assistant's providers. */
export function asWorkflowBegins(request: ConversationRequest): ConversationRequest {
  const { workflow, configuration } = request;
  return workflow ? { ...request, configuration: entryConfiguration(configuration, workflow) } : request;
}

/**
 * The workflow drives the conversation (facts 6.2): one agent, whose instructions, tools and models change with the
 * node. The chat goes on, and with it everything else that watches the call.
 *
 *   talking ── the model takes an edge ──▶ moving ── tool nodes ──▶ talking, transfer or end
 *      ▲                                                                       │
 *      └──────────── the transfer failed, or the tools lead in a circle ───────┘
 */
export function followWorkflow(live: LiveConversation): void {
  const { workflow } = live.request;
  if (workflow) createFollower(live, workflow).begin();
}

function createFollower(live: LiveConversation, workflow: WorkflowDefinition) {
  const { request, configuration: base, session, agent, floor, hold, speaker, transcript, ending } = live;
  const models = createNodeModels(live);
  const transitions = new Set<string>();
  /** where the caller was talked with last */
  let talkedAt = entryOf(workflow);
  let isMoving = false;
  /** the caller has said something that nobody has answered yet */
  let isAnswerOwed = false;
  let movesWithoutCaller = 0;

  // What the caller says between two nodes is for the next one.
  agent.userTurnRules.push((content) => {
    if (ending.begun.aborted) return "pass";
    movesWithoutCaller = 0;
    if (!isMoving) return "pass";
    isAnswerOwed = true;
    transcript.add({ role: "user", content });
    void agent.addContext(content, { role: "user" });
    return "taken";
  });

  // The session takes what is done in a tool's asynchronous context for a part of that tool call, and would not let a
  // reply of the next node use tools.
  const outsideTools = AsyncLocalStorage.snapshot();

  function moveOn(exit: Exit, speech: voice.SpeechHandle): void {
    // A model may call several at once; the first one counts.
    if (isMoving || ending.begun.aborted) return;
    isMoving = true;
    movesWithoutCaller++;
    // Not before: the tool's (empty) answer belongs to the speech, and is put into the context at its end.
    const travelling = outsideTools(() =>
      floor.duringTool(async () => {
        await new Promise<void>((resolve) => speech.addDoneCallback(() => resolve()));
        await travel(exit.to, exit.line);
      }),
    );
    // The caller must not be left with an assistant that is between two nodes for good.
    travelling.catch((error: unknown) => ending.fail("Conversation failed", toError(error)));
  }

  async function travel(to: string, line: string | undefined): Promise<void> {
    const toolsRun = new Set<string>();
    for (;;) {
      if (ending.begun.aborted) return;
      const arrival = arriveAt(workflow, to, toolsRun);
      if (line) void speaker.say(line);
      if (arrival.kind !== "circle") tell(arrival.node.id);
      switch (arrival.kind) {
        case "conversation":
          return enter(arrival.node, "new");
        case "tool":
          await runTool(arrival.node);
          toolsRun.add(to);
          ({ next: to, line } = arrival);
          break;
        case "transfer":
          return transfer(arrival.node);
        case "end":
          return end(arrival.node);
        case "circle":
          live.logger.warn({ node: arrival.node.id }, "a workflow's tools lead in a circle");
          return enter(talkedAt, "back");
      }
    }
  }

  async function enter(node: ConversationNode, way: "new" | "back"): Promise<void> {
    const configuration = nodeConfiguration(base, workflow, node);
    if (!(await models.use(configuration))) return;
    const { tools, names } = toolsOn(node, configuration);
    const kept = withKeptResults(
      agent.chatCtx.copy(),
      (tool) => names.has(tool),
      (tool) => !transitions.has(tool),
    );
    await agent.updateChatCtx(kept);
    await agent.updateInstructions(promptOf(configuration).instructions);
    await agent.updateTools(tools as llm.ToolContextLike);
    await note(ENTERED, { node: node.id });
    if (ending.begun.aborted) return;
    if (way === "back") tell(node.id);
    talkedAt = node;
    isMoving = false;
    const line = way === "new" ? node.first_line : undefined;
    if (line) void speaker.say(line);
    if (!line || isAnswerOwed) reply();
    isAnswerOwed = false;
  }

  function toolsOn(node: ConversationNode, configuration: LiveConversation["configuration"]) {
    const own = live.toolsOf(configuration);
    const exits = exitsOf(workflow, node, new Set(own.map(({ name }) => name)));
    for (const { toolName } of exits) transitions.add(toolName);
    const tools = [...own, ...transitionTools(exits, moveOn)];
    return { tools, names: new Set(tools.map(({ name }) => name)) };
  }

  function reply(): void {
    const mayMove = movesWithoutCaller < MOVES_WITHOUT_CALLER;
    session.generateReply(mayMove ? {} : { toolChoice: "none" });
  }

  async function runTool(node: ToolNode): Promise<void> {
    if (node.first_line) void speaker.say(node.first_line);
    const id = `call_${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;
    const { words, note: about } = outcomeOf(node, await live.runTool(toolCallOf(node, id), ending.over));
    await note(words, about);
  }

  async function transfer(node: TransferNode): Promise<void> {
    await speaker.untilSaid();
    if (ending.begun.aborted) return;
    const result = await request.transfer?.(
      { destination: node.destination, announcement: node.first_line || undefined, warm: undefined },
      ending.over,
    );
    // Somebody else has the caller, or nobody is there any more.
    if (result?.outcome === "transferred" || ending.begun.aborted) return;
    const detail = result?.detail ?? "calls cannot be transferred from here";
    await note(
      `The transfer did not work: ${detail}. The caller is back with you: say so, and offer something else.`,
      {},
    );
    await enter(talkedAt, "back");
    hold.expectReply();
  }

  function end(node: EndNode): void {
    ending.hangUp({ reason: "assistant-hangup" }, () =>
      speaker.say(node.first_line || GOODBYE, { isInterruptible: false }),
    );
  }

  const note = (content: string, extra: WorkflowNote) =>
    agent.addContext(content, { extra: extra as Record<string, unknown> });
  const tell = (nodeId: string) => request.events.onActivity?.({ type: "node-entered", nodeId });

  return {
    begin() {
      const { tools } = toolsOn(talkedAt, base);
      tell(talkedAt.id);
      void agent
        .updateTools(tools as llm.ToolContextLike)
        .then(async () => {
          // With a first line it is said as every assistant's; without one the model opens.
          if (base.first_message || ending.begun.aborted) return;
          await note("The call has begun.", { node: talkedAt.id });
          reply();
        })
        .catch((error: unknown) => ending.fail("Conversation failed", toError(error)));
    },
  };
}
