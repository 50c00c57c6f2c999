import { llm } from "@livekit/agents";
import { isDigit } from "../telephony/rtp/telephone-event.ts";
import type { Digit } from "../telephony/carrier.ts";

export const SEND_DIGITS = "send_digits";
const MOST_DIGITS = 32;

/** `{ "type": "send_digits" }`: the model presses keys, to get through somebody else's telephone menu. */
export function sendDigitsTool(send: (digits: readonly Digit[]) => void): llm.FunctionTool {
  return llm.tool({
    name: SEND_DIGITS,
    description:
      "Presses keys of the telephone keypad on this call, as a menu on the other side asks for them. " +
      "Takes a quarter of a second a key.",
    parameters: {
      type: "object",
      properties: {
        digits: {
          type: "string",
          description: `1 to ${MOST_DIGITS} of the keys 0-9, * and #, in order, such as "2" or "1234#"`,
        },
      },
      required: ["digits"],
    } as never,
    execute: async (args: unknown) => {
      const digits = readDigits((args as { digits?: unknown } | null)?.digits);
      if (typeof digits === "string") throw new llm.ToolError(digits);
      send(digits);
      return `Pressed ${digits.join(" ")}.`;
    },
  }) as unknown as llm.FunctionTool;
}

/** @returns the keys, or what the model is told is wrong with them */
export function readDigits(given: unknown): Digit[] | string {
  // Models write numbers as numbers.
  const text = typeof given === "number" ? String(given) : given;
  if (typeof text !== "string") return "digits: must be a text of keys, such as 1234#";
  const keys = text.toUpperCase().replaceAll(/[\s-]/g, "").split("");
  if (keys.length === 0 || keys.length > MOST_DIGITS) {
    return `digits: must be 1 to ${MOST_DIGITS} keys, got ${keys.length}`;
  }
  const digits = keys.filter((key) => isDigit(key));
  return digits.length === keys.length ? digits : "digits: must be keys of a telephone: 0-9, *, # and A-D";
}
