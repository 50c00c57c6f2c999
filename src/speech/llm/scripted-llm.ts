import { llm } from "@livekit/agents";
import { randomUUID } from "node:crypto";
import { readKeypadLine } from "./keypad-context.ts";
import { nextStep, type ScriptInput, type ScriptRule } from "./script.ts";

export const END_CALL = "end_call";

/** What a workflow's messages to the model say in words, for the script; models get the words alone. */
export interface WorkflowNote {
  /** the node that was entered */
  node?: string;
  /** what came of a tool node */
  tool?: { result: unknown } | { error: string };
}

/** The scripted model as the conversation engine sees it: chat context in, text and tool calls out. */
export class ScriptedLlm extends llm.LLM {
  readonly #script: readonly ScriptRule[];

  constructor(script: readonly ScriptRule[]) {
    super();
    this.#script = script;
  }

  override label(): string {
    return "switchhook.ScriptedLlm";
  }

  override get model(): string {
    return "script-1";
  }

  override chat(options: Parameters<llm.LLM["chat"]>[0]): llm.LLMStream {
    const { chatCtx, toolCtx, connOptions = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 5_000 } } = options;
    return new ScriptedStream(this, { chatCtx, connOptions, ...(toolCtx && { toolCtx }) }, this.#script);
  }
}

class ScriptedStream extends llm.LLMStream {
  readonly #script: readonly ScriptRule[];

  constructor(
    parent: llm.LLM,
    options: ConstructorParameters<typeof llm.LLMStream>[1],
    script: readonly ScriptRule[],
  ) {
    super(parent, options);
    this.#script = script;
  }

  protected override run(): Promise<void> {
    const input = readInput(this.chatCtx);
    if (!input) return Promise.resolve();
    const offered = this.toolCtx && new Set(Object.keys(this.toolCtx.functionTools));
    const step = nextStep(this.#script, input, offered);
    const calls = [
      ...(step.tool ? [step.tool] : []),
      ...(step.isEnd ? [{ name: END_CALL, arguments: {} }] : []),
    ].map((call) =>
      llm.FunctionCall.create({
        callId: `call_${randomUUID().replaceAll("-", "").slice(0, 16)}`,
        name: call.name,
        args: JSON.stringify(call.arguments),
      }),
    );
    this.queue.put({
      id: randomUUID(),
      delta: {
        role: "assistant",
        ...(step.say && { content: step.say }),
        ...(calls.length > 0 && { toolCalls: calls }),
      },
    });
    return Promise.resolve();
  }
}

/** What the script reacts to: what came last of a tool's result, a node that was entered, and the caller's keys and words. */
function readInput(context: llm.ChatContext): ScriptInput | undefined {
  for (const item of context.items.toReversed()) {
    const note = item.type === "message" ? (item.extra as WorkflowNote | undefined) : undefined;
    if (note?.node !== undefined) return { on: "node", name: note.node, outcome: lastToolOutcome(context) };
    if (item.type === "function_call_output") {
      return {
        on: "tool",
        name: item.name,
        outcome: item.isError ? { error: item.output } : { result: parse(item.output) },
      };
    }
    if (item.type === "message" && item.role === "system") {
      const digits = readKeypadLine(item.textContent ?? "");
      if (digits !== undefined) return { on: "digits", digits };
    }
    if (item.type === "message" && item.role === "user") return { on: "user", text: item.textContent ?? "" };
  }
  return undefined;
}

function lastToolOutcome(context: llm.ChatContext): { result?: unknown; error?: string } {
  for (const item of context.items.toReversed()) {
    const note = item.type === "message" ? (item.extra as WorkflowNote | undefined) : undefined;
    if (note?.tool) return note.tool;
  }
  return {};
}

function parse(output: string): unknown {
  try {
    return JSON.parse(output) as unknown;
  } catch {
    return output;
  }
}
