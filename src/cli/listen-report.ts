import type { Clock } from "../clock.ts";
import type { VerifyResult } from "../webhooks/signature.ts";
import type { StreamedEvent } from "./event-stream.ts";
import { describeAnswer, isSuccess } from "./forward.ts";
import type { HttpAnswer } from "./http-request.ts";
import { formatDuration, timeOfDay } from "./moment.ts";
import { shortened, type Output } from "./output.ts";

export type SignatureState = VerifyResult | "unchecked";

interface Heard {
  event: StreamedEvent;
  signature: SignatureState;
  /** undefined: it was only shown */
  answer: HttpAnswer | undefined;
}

const SIGNATURES = {
  genuine: ["green", "verified"],
  "wrong-signature": ["yellow", "not verified"],
  "too-old": ["yellow", "too old"],
  unchecked: ["dim", "unchecked"],
} as const;
const TYPE_WIDTH = "end-of-call-report".length;
const SIGNATURE_WIDTH = "not verified".length;

/** One line an event, and what they come to in the end. */
export function createListenReport(output: Output, clock: Clock) {
  const startedMs = clock.monotonicMs();
  const signatures: Record<SignatureState, number> = {
    genuine: 0,
    "wrong-signature": 0,
    "too-old": 0,
    unchecked: 0,
  };
  const answers = new Map<string, number>();
  let events = 0;
  let accepted = 0;

  function showEvent({ event, signature, answer }: Heard): void {
    const [style, word] = SIGNATURES[signature];
    const columns = [
      output.paint("dim", timeOfDay(event.createdAt)),
      output.paint("bold", shortened(event.type, 40).padEnd(TYPE_WIDTH)),
      shortened(event.callId, 64),
      (event.sequence === null ? "" : `#${event.sequence}`).padEnd(3),
      output.paint(style, word.padEnd(SIGNATURE_WIDTH)),
    ];
    if (answer) {
      columns.push(output.paint(isSuccess(answer) ? "green" : "red", describeAnswer(answer)));
      columns.push(output.paint("dim", formatDuration(answer.durationMs)));
    }
    output.line(columns.join("  ").trimEnd());
  }

  return {
    event(heard: Heard): void {
      const { event, signature, answer } = heard;
      events++;
      signatures[signature]++;
      if (answer) {
        if (isSuccess(answer)) accepted++;
        answers.set(describeAnswer(answer), (answers.get(describeAnswer(answer)) ?? 0) + 1);
      }
      showEvent(heard);
      output.json({
        kind: "event",
        id: event.id,
        type: event.type,
        call_id: event.callId,
        sequence: event.sequence,
        created_at: event.createdAt,
        signature,
        receiver: answer ? toJson(answer) : null,
      });
    },
    summary(): void {
      const durationMs = clock.monotonicMs() - startedMs;
      output.json({
        kind: "summary",
        events,
        duration_ms: Math.round(durationMs),
        signatures,
        receiver: Object.fromEntries(answers),
      });
      output.line();
      output.line(`${events} ${events === 1 ? "event" : "events"} in ${formatDuration(durationMs)}`);
      if (answers.size > 0) {
        const each = [...answers].map(([what, count]) => `${count} × ${what}`).join(", ");
        output.line(`receiver:   ${accepted} of ${events} accepted (${each})`);
      }
      if (events > 0 && signatures.unchecked < events) {
        output.line(`signatures: ${signatures.genuine} of ${events} verified`);
      }
      if (signatures["wrong-signature"] > 0) {
        output.line(
          "            The others were signed with another secret: an assistant's or a tool's own? Pass it with --secret.",
        );
      }
      if (signatures["too-old"] > 0) {
        output.line("            Too old: does this machine's clock agree with the server's?");
      }
    },
  };
}

function toJson(answer: HttpAnswer): object {
  return {
    outcome: answer.outcome,
    status: answer.outcome === "answered" ? answer.status : null,
    error: answer.outcome === "answered" ? null : describeAnswer(answer),
    duration_ms: Math.round(answer.durationMs),
  };
}
