import type { TimelineEntry } from "./call-timeline.ts";

/** A moment of a call as it is kept. */
export interface Activity {
  at: Date;
  type: TimelineEntry["type"];
  /** nothing of what was said, asked, typed or dialled: it outlives the content */
  detail: Record<string, unknown>;
  /** the rest; undefined: there is none */
  content: Record<string, unknown> | undefined;
}

/** Of one call: more of them than a person would read. */
export const MOST_ACTIVITIES = 2_000;
/** A tool may answer with a megabyte; who looks at a call reads its beginning. */
const MOST_CONTENT_CHARACTERS = 16_384;

/** The names in `detail` and `content` are those of the API. Pure. */
export function activityOf(entry: TimelineEntry): Activity {
  const { at, type } = entry;
  const { detail = {}, content } = partsOf(entry);
  return { at, type, detail, content: content && cut(content) };
}

type Parts = { detail?: Record<string, unknown>; content?: Record<string, unknown> };

function partsOf(entry: TimelineEntry): Parts {
  switch (entry.type) {
    case "dialing":
    case "ringing":
    case "joined":
    case "answered":
    case "interrupted":
    case "reported":
      // Who calls whom is in the call itself.
      return {};
    case "decided":
      return {
        detail: {
          mode: entry.mode,
          // Why a call was refused may be the text that was spoken to the caller.
          because: entry.mode === "reject" ? null : entry.because,
          duration_ms: rounded(entry.durationMs),
        },
      };
    case "message":
      return {
        detail: { role: entry.role, speech_began_at: entry.speechBeganAt ?? null },
        content: { content: entry.content },
      };
    case "tool-call":
      return {
        detail: { tool_call_id: entry.toolCallId, name: entry.name },
        content: { arguments: entry.arguments },
      };
    case "tool-result":
      return {
        detail: {
          tool_call_id: entry.toolCallId,
          name: entry.name,
          outcome: entry.outcome,
          duration_ms: rounded(entry.durationMs),
        },
        content: { value: entry.value ?? null },
      };
    case "node":
      return { detail: { node_id: entry.nodeId } };
    case "typed":
      return { detail: { outcome: entry.outcome } };
    case "digit":
      return { content: { digit: entry.digit } };
    case "consent":
      return { detail: { outcome: entry.outcome } };
    case "transfer":
      return {
        detail: { outcome: entry.outcome, reason: entry.detail ?? null },
        content: { destination: entry.destination },
      };
    case "analysed":
      return {
        detail: {
          outcome: entry.outcome,
          reason: entry.because ?? null,
          duration_ms: rounded(entry.durationMs),
        },
      };
    case "ended":
      return { detail: { status: entry.status, end_reason: entry.reason } };
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** What is too long becomes the beginning of its text. */
function cut(content: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(content).map(([name, value]) => {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return [
        name,
        text.length > MOST_CONTENT_CHARACTERS ? `${text.slice(0, MOST_CONTENT_CHARACTERS)}…` : value,
      ];
    }),
  );
}

/** What the fields are of each type, for those that a call in GDPR mode, or one past its retention, has no content of. */
const CONTENT_FIELDS: Partial<Record<TimelineEntry["type"], readonly string[]>> = {
  message: ["content"],
  "tool-call": ["arguments"],
  "tool-result": ["value"],
  digit: ["digit"],
  transfer: ["destination"],
};

export interface KeptActivity extends Omit<Activity, "content"> {
  sequence: number;
  content: Record<string, unknown> | null;
}

/** As the API shows it; what is not known any more is null. Pure. */
export function activityOnWire(activity: KeptActivity, startedAt: Date) {
  const { sequence, at, type, detail } = activity;
  const none = Object.fromEntries((CONTENT_FIELDS[type] ?? []).map((field) => [field, null]));
  const { speech_began_at: began, ...rest } = detail;
  const offset = (moment: Date) => moment.getTime() - startedAt.getTime();
  return {
    sequence,
    offset_ms: offset(at),
    type,
    ...rest,
    // A message is complete when it was said: where the speech began is where it is drawn.
    ...(type === "message" && {
      speech_offset_ms: typeof began === "string" ? offset(new Date(began)) : null,
    }),
    ...none,
    ...activity.content,
  };
}
