/**
 * `llm_config { "provider": "scripted", "script": [...] }`: a conversation by rules, first match wins. Pure.
 *
 * It exists so that a call can be tried, shown and tested without a language model; it says so wherever it is shown.
 */
export type ScriptRule = {
  on: "user" | "tool" | "node";
  /** on user: a regular expression, case-insensitive. on tool: the tool's name. on node: the workflow node's id. */
  match: string;
  /** spoken; `{{result.closes}}` and `{{error}}` are filled in from the tool's answer */
  say?: string | undefined;
  tool?: { name: string; arguments?: Record<string, unknown> | undefined } | undefined;
  /** hang up after speaking */
  end?: boolean | undefined;
};

export type ScriptInput =
  | { on: "user"; text: string }
  | { on: "tool"; name: string; outcome: { result: unknown } | { error: string } }
  /** a workflow's node is entered; `outcome` of the tool that led there */
  | { on: "node"; name: string; outcome: { result?: unknown; error?: string } };

export interface ScriptStep {
  say: string | undefined;
  tool: { name: string; arguments: Record<string, unknown> } | undefined;
  isEnd: boolean;
}

const NO_RULE = "I am a scripted assistant, and I have no line for that.";

/** @param offered  the tools that there are now: a rule whose tool is none of them does not apply */
export function nextStep(
  script: readonly ScriptRule[],
  input: ScriptInput,
  offered?: ReadonlySet<string>,
): ScriptStep {
  const rule = script.find(
    ({ on, match, tool }) =>
      on === input.on && matches(match, input) && (!tool || !offered || offered.has(tool.name)),
  );
  if (!rule) return { say: sayWithoutRule(input), tool: undefined, isEnd: false };
  const facts = input.on === "user" ? {} : input.outcome;
  return {
    say: rule.say === undefined ? undefined : fill(rule.say, facts),
    tool: rule.tool && { name: rule.tool.name, arguments: rule.tool.arguments ?? {} },
    isEnd: rule.end === true,
  };
}

function matches(match: string, input: ScriptInput): boolean {
  if (input.on !== "user") return match === input.name || match === ".*";
  try {
    return new RegExp(match, "i").test(input.text);
  } catch {
    // Refused when the assistant is saved; one that came by webhook simply never matches.
    return false;
  }
}

function sayWithoutRule(input: ScriptInput): string | undefined {
  switch (input.on) {
    case "user":
      return NO_RULE;
    case "tool":
      return describe(input);
    case "node":
      return undefined;
  }
}

/** A tool without a rule: at least the caller is told what came of it. */
function describe(input: Extract<ScriptInput, { on: "tool" }>): string {
  if ("error" in input.outcome) return `That did not work: ${input.outcome.error}`;
  const { result } = input.outcome;
  return typeof result === "string" ? result : `I found: ${JSON.stringify(result)}`;
}

/** Fills `{{path.to.value}}`; what is not there is left out. */
function fill(template: string, facts: object): string {
  return template.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_whole, path: string) => {
    const value = path.split(".").reduce<unknown>((current, key) => {
      return typeof current === "object" && current !== null
        ? (current as Record<string, unknown>)[key]
        : undefined;
    }, facts);
    if (value === undefined || value === null) return "";
    return typeof value === "string" ? value : JSON.stringify(value);
  });
}
