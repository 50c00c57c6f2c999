import type { Wire } from "../../api/wire.ts";

export type Activity = Wire<"CallActivity">;
type Trace = Wire<"CallTrace">;

/** Everything in milliseconds since the call's `created_at`. */
export interface Span {
  key: string;
  fromMs: number;
  toMs: number;
  label: string;
  isBad: boolean;
}

export interface Timeline {
  lengthMs: number;
  /** undefined: nobody has answered */
  answeredMs: number | undefined;
  caller: readonly Span[];
  assistant: readonly Span[];
  tools: readonly Span[];
  webhooks: readonly Span[];
}

/** What is not worth drawing shorter. */
const LEAST_LENGTH_MS = 1_000;
/** While a call runs its axis grows by so much at a time: what is on it stands still in between. */
const LIVE_STEP_MS = 15_000;
/** States of a webhook event in which it has not reached who it is for, and will not by itself. */
const LOST_STATES = ["exhausted", "failed", "cancelled"];

/**
 * The lanes of a call on one time axis. Pure.
 *
 * @param trace  its offsets count from its own start, which is a little before the call's
 * @param now    the end of the axis while the call runs
 */
export function timelineOf(
  call: Pick<Wire<"Call">, "created_at" | "started_at" | "ended_at">,
  activities: readonly Activity[],
  trace: Pick<Trace, "started_at" | "webhooks"> | undefined,
  now: Date,
): Timeline {
  const createdAt = Date.parse(call.created_at);
  const since = (instant: string) => Date.parse(instant) - createdAt;
  const end =
    call.ended_at === null
      ? Math.ceil((now.getTime() - createdAt) / LIVE_STEP_MS) * LIVE_STEP_MS
      : since(call.ended_at);
  const lastMs = Math.max(0, ...activities.map(({ offset_ms: offsetMs }) => offsetMs));
  const traceMs = trace ? since(trace.started_at) : 0;
  return {
    // The report and its webhook come after the end, and belong to the picture where they are near.
    lengthMs: Math.max(LEAST_LENGTH_MS, end, Math.min(lastMs, end + 3_000)),
    answeredMs: call.started_at === null ? undefined : since(call.started_at),
    caller: speech(activities, "user"),
    assistant: speech(activities, "assistant"),
    tools: tools(activities),
    webhooks: (trace?.webhooks ?? []).map((event) => ({
      key: event.id,
      fromMs: event.offset_ms + traceMs,
      toMs: event.offset_ms + traceMs,
      label: `${event.type} · ${event.state}`,
      isBad: LOST_STATES.includes(event.state),
    })),
  };
}

function speech(activities: readonly Activity[], role: "user" | "assistant"): Span[] {
  return activities.flatMap((activity) =>
    activity.type === "message" && activity.role === role
      ? [
          {
            key: String(activity.sequence),
            fromMs: activity.speech_offset_ms ?? activity.offset_ms,
            toMs: activity.offset_ms,
            label: activity.content ?? "",
            isBad: false,
          },
        ]
      : [],
  );
}

function tools(activities: readonly Activity[]): Span[] {
  const last = activities.at(-1)?.offset_ms ?? 0;
  return activities.flatMap((activity) => {
    if (activity.type !== "tool-call") return [];
    const result = activities.find(
      (other) => other.type === "tool-result" && other.tool_call_id === activity.tool_call_id,
    );
    return [
      {
        key: activity.tool_call_id,
        fromMs: activity.offset_ms,
        toMs: result?.offset_ms ?? last,
        label: activity.name,
        isBad: result?.type === "tool-result" && result.outcome === "error",
      },
    ];
  });
}

const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600].map(
  (seconds) => seconds * 1_000,
);

/** Where the axis has its marks: round figures, at most `most` of them. */
export function ticksOf(lengthMs: number, most: number): number[] {
  const step = STEPS_MS.find((each) => lengthMs / each <= most) ?? STEPS_MS.at(-1)!;
  return Array.from({ length: Math.floor(lengthMs / step) + 1 }, (_, index) => index * step);
}
