import { textOf, type Document } from "./document.ts";

export const BUILT_IN_KINDS = ["end_call", "transfer_call", "send_digits", "mcp"] as const;
export type ToolKind = "function" | (typeof BUILT_IN_KINDS)[number] | "other";

/** How an entry of `llm_config.tools` is read, in every accepted spelling. */
export function kindOf(entry: unknown): ToolKind {
  const { type } = (entry ?? {}) as { type?: unknown };
  switch (type) {
    case undefined:
    case "function":
    case "webhook":
      return "function";
    case "end_call":
    case "endCall":
      return "end_call";
    case "transfer_call":
    case "transferCall":
      return "transfer_call";
    case "send_digits":
    case "mcp":
      return type;
    default:
      return "other";
  }
}

/**
 * Where name, description and parameters stand: beside everything else, or, as OpenAI writes it, within `function`.
 * They stay where they are.
 */
export function functionPath(entry: unknown, path: string): string {
  const { function: nested } = (entry ?? {}) as { function?: unknown };
  return typeof nested === "object" && nested !== null ? `${path}.function` : path;
}

/** The URL and the secret of a function: its own field wins over that of `server`, so that is the one to edit. */
export function urlPath(entry: unknown, path: string): string {
  const { url, server } = (entry ?? {}) as { url?: unknown; server?: { url?: unknown } };
  return textOf(url) === "" && textOf(server?.url) !== "" ? `${path}.server.url` : `${path}.url`;
}

export function nameOf(entry: unknown): string {
  const { name, function: nested } = (entry ?? {}) as { name?: unknown; function?: { name?: unknown } };
  return textOf(nested?.name ?? name);
}

export function newTool(kind: Exclude<ToolKind, "other">, taken: readonly unknown[]): Document {
  switch (kind) {
    case "function":
      return {
        name: freeName(taken.map(nameOf)),
        description: "",
        parameters: { type: "object", properties: {} },
      };
    case "transfer_call":
      return { type: kind, destinations: [{ type: "number", number: "", description: "" }] };
    case "mcp":
      return { type: kind, mcp_server_id: "", allowed_tools: [] };
    case "end_call":
    case "send_digits":
      return { type: kind };
  }
}

function freeName(taken: readonly string[]): string {
  let number = taken.length + 1;
  while (taken.includes(`tool_${number}`)) number += 1;
  return `tool_${number}`;
}
