/**
 * `llm_config { "provider": "scripted", "script": [...] }`: a conversation by rules, first match wins. Pure.
 *
 * It exists so that a call can be tried, shown and tested without a language model; it says so wherever it is shown.
 */
export type ScriptRule = {
  on: "user" | "tool" | "digits" | "node";
  /**
   * on user and digits: a regular expression, case-insensitive; digits are as `1234#`. on tool: the tool's name. on node:
   * the workflow node's id
   */
  match: string;
  /**
   * spoken; `{{result.closes}}` and `{{error}}` are filled in from the tool's answer, `{{digits}}` from the keypad, also
   * in a tool's arguments
   */
  say?: string | undefined;
  tool?: { name: string; arguments?: Record<string, unknown> | undefined } | undefined;
  /** hang up after speaking */
  end?: boolean | undefined;
};

export type ScriptInput =
  | { on: "user"; text: string }
  | { on: "digits"; digits: string }
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
  const facts = factsOf(input);
  return {
    say: rule.say === undefined ? undefined : fill(rule.say, facts),
    tool: rule.tool && {
      name: rule.tool.name,
      arguments: fillArguments(rule.tool.arguments ?? {}, input, facts),
    },
    isEnd: rule.end === true,
  };
}

function matches(match: string, input: ScriptInput): boolean {
  if (input.on === "tool" || input.on === "node") return match === input.name || match === ".*";
  try {
    return new RegExp(match, "i").test(input.on === "user" ? input.text : input.digits);
  } catch {
    // Refused when the assistant is saved; one that came by webhook simply never matches.
    return false;
  }
}

/** Of keys only: what a caller says, or a tool answers, has never been filled into arguments. */
function fillArguments(
  given: Record<string, unknown>,
  input: ScriptInput,
  facts: object,
): Record<string, unknown> {
  if (input.on !== "digits") return given;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === "string" ? fill(value, facts) : value,
    ]),
  );
}

/** What can be filled in. */
function factsOf(input: ScriptInput): object {
  switch (input.on) {
    case "user":
      return {};
    case "digits":
      return { digits: input.digits };
    case "tool":
    case "node":
      return input.outcome;
  }
}

function sayWithoutRule(input: ScriptInput): string | undefined {
  switch (input.on) {
    case "user":
    case "digits":
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
