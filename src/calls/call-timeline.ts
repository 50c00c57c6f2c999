import type { TypedOutcome } from "./typed-text.ts";

/**
 * What happens in a call, as it happens, for people who watch: the demo prints it, and activity-log.ts keeps it for the
 * API. Nothing waits for a watcher. Texts and arguments are personal data; watchers must not log them.
 */
export type TimelineEntry = { callId: string; at: Date } & (
  | { type: "dialing"; destination: string; from: string }
  | { type: "ringing"; caller: string | null; called: string }
  /** a browser has come with the token of a web call */
  | { type: "joined" }
  | {
      type: "decided";
      mode: "default" | "transient" | "hybrid" | "reject";
      because: string;
      durationMs: number;
    }
  | { type: "answered" }
  | {
      type: "message";
      role: "user" | "assistant";
      content: string;
      /** undefined: not heard of */
      speechBeganAt?: Date | undefined;
    }
  | { type: "interrupted" }
  | { type: "tool-call"; toolCallId: string; name: string; arguments: Record<string, unknown> }
  | {
      type: "tool-result";
      toolCallId: string;
      name: string;
      outcome: "result" | "error";
      value: unknown;
      durationMs: number;
    }
  /** the call's workflow has moved there */
  | { type: "node"; nodeId: string }
  | { type: "digit"; digit: string }
  /** the caller has typed something */
  | { type: "typed"; outcome: TypedOutcome }
  | {
      type: "consent";
      outcome: "agreed" | "declined" | "unanswered" | "gone" | "unspoken";
      digit: string | undefined;
    }
  | { type: "transfer"; destination: string; outcome: "transferred" | "failed"; detail: string | undefined }
  /** the plan of its analysis has been carried out, or could not be; `because`: undefined where it was */
  | {
      type: "analysed";
      outcome: "made" | "skipped" | "failed";
      because: string | undefined;
      durationMs: number;
    }
  | { type: "ended"; status: string; reason: string; error: string | undefined }
  | { type: "reported" }
);

export type TimelineDetail = TimelineEntry extends infer Entry
  ? Entry extends unknown
    ? Omit<Entry, "callId" | "at">
    : never
  : never;

export type Watch = (entry: TimelineEntry) => void;
