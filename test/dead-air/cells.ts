import { LLM_FAILED, STT_FAILED, TTS_FAILED } from "../../src/speech/providers.ts";
import type { Answer } from "../harness/openai-server.ts";

/**
 * The table: who fails, how, and where in the call. Each line of it is one call over real RTP, and of each the same is
 * asked: that the caller is never left in silence.
 */
export type Part = "stt" | "llm" | "tts" | "tool" | "mcp";

export const FAULTS = [
  "refuses",
  "401",
  "500",
  "hangs",
  "stalls",
  "drips",
  "malformed",
  "cut",
  "empty",
  "late",
] as const;
export type Fault = (typeof FAULTS)[number];

export type Place =
  | "greeting"
  | "first turn"
  | "second turn"
  /** in the middle of what the assistant says */
  | "reply"
  | "after a tool"
  | "goodbye";

export interface Cell {
  name: string;
  part: Part;
  fault: Fault;
  place: Place;
  /** whose voice the assistant has, and so its fillers: the faulty server's, or the built-in one */
  voice: "server" | "local";
  language: "en" | "nl";
  /** the tool speaks a message of its own while it runs */
  hasMessage: boolean;
}

/** Where a part can fail at all: nobody recognises or reasons before the caller has spoken. */
const PLACES: Record<Part, readonly Place[]> = {
  stt: ["first turn", "second turn", "reply", "after a tool"],
  llm: ["first turn", "second turn", "reply", "after a tool"],
  tts: ["greeting", "first turn", "second turn", "reply", "after a tool", "goodbye"],
  tool: ["first turn", "second turn", "goodbye"],
  mcp: ["first turn", "second turn"],
};

/** These begin their answer well, so they can fail in its middle. */
const IN_MIDDLE: readonly Fault[] = ["stalls", "drips", "malformed", "cut"];

function isPossible(part: Part, fault: Fault, place: Place): boolean {
  if (part === "llm" && place === "reply") return IN_MIDDLE.includes(fault);
  // The second sentence is asked for while the first is on its way: nothing can be closed between the two.
  return !(part === "tts" && place === "reply" && fault === "refuses");
}

/** A server that refuses connections takes its voice with it: then it would be the voice that fails. */
function isPossibleFor(part: Part, fault: Fault, { voice }: Pick<Cell, "voice">): boolean {
  return !(fault === "refuses" && voice === "server" && (part === "stt" || part === "llm"));
}

function cellsOf(part: Part): Cell[] {
  const isTool = part === "tool" || part === "mcp";
  const variants: Pick<Cell, "voice" | "language" | "hasMessage">[] = isTool
    ? [
        { voice: "local", language: "en", hasMessage: false },
        { voice: "server", language: "en", hasMessage: part === "tool" },
      ]
    : part === "tts"
      ? [
          { voice: "server", language: "en", hasMessage: false },
          { voice: "server", language: "nl", hasMessage: false },
        ]
      : [
          { voice: "server", language: "en", hasMessage: false },
          { voice: "local", language: "nl", hasMessage: false },
        ];
  return PLACES[part].flatMap((place) =>
    FAULTS.filter((fault) => isPossible(part, fault, place)).flatMap((fault) =>
      variants
        .filter((variant) => isPossibleFor(part, fault, variant))
        .map((variant) => ({
          name: [
            `${part} ${fault}, ${place}`,
            `${variant.voice} voice`,
            variant.language,
            ...(variant.hasMessage ? ["with a message"] : []),
          ].join(", "),
          part,
          fault,
          place,
          ...variant,
        })),
    ),
  );
}

export const CELLS: readonly Cell[] = (["stt", "llm", "tts", "tool", "mcp"] as const).flatMap(cellsOf);

/** One of each fault for each part, places in turn: what every run of the tests plays. */
export const REPRESENTATIVE: readonly Cell[] = (["stt", "llm", "tts", "tool", "mcp"] as const).flatMap(
  (part) => {
    const faults: readonly Fault[] =
      part === "tool" || part === "mcp"
        ? ["refuses", "hangs", "drips"]
        : ["500", "hangs", "stalls", "drips", "cut", "empty"];
    return faults.flatMap((fault, index) => {
      const possible = CELLS.filter((cell) => cell.part === part && cell.fault === fault);
      return possible.length > 0 ? [possible[(index * 3) % possible.length]!] : [];
    });
  },
);

const FAILED = { stt: STT_FAILED, llm: LLM_FAILED, tts: TTS_FAILED };

/** What becomes of the call. `quiet`: it is the caller's turn again, because nothing was said. */
export function expected({ part, fault, place }: Cell): { error: string } | "goes on" | "hangs up" | "quiet" {
  if (place === "goodbye") return "hangs up";
  if (part === "tool" || part === "mcp" || fault === "late") return "goes on";
  if (fault === "empty" && part === "stt") return place === "reply" ? "goes on" : "quiet";
  // What has no content is nothing to say: the caller is asked to put it in another way.
  if (part === "llm" && fault === "empty") return "goes on";
  return { error: FAILED[part] };
}

/** How a server of the OpenAI protocol is told to fail so. "refuses" is no answer, and done otherwise. */
export function answerOf(fault: Fault, good: Answer, isInMiddle: boolean): Answer {
  // A sentence that is spoken, and the beginning of one that is not: a voice is given whole sentences.
  const text = isInMiddle ? { text: "We close at five in the afternoon. On Sundays we " } : {};
  switch (fault) {
    case "refuses":
      throw new Error("unreachable: a refusal is not answered");
    case "401":
    case "500":
      return { type: "status", status: Number(fault) };
    case "hangs":
      return { type: "hang" };
    case "stalls":
      return { type: "stall", ...text };
    case "drips":
      return { type: "drip", ...text };
    case "malformed":
      return { type: "malformed", ...text };
    case "cut":
      return { type: "cut", ...text };
    case "empty":
      return { type: "empty" };
    case "late":
      return { type: "late", afterMs: 3_500, answer: good };
  }
}
