import { WEBHOOK_EVENTS, type WebhookEventType } from "../../webhooks/event.ts";
import { readAnswerShape } from "../answer-shape.ts";
import type { ExampleEvent } from "../example-events.ts";
import { isSuccess } from "../forward.ts";
import { formatDuration } from "../moment.ts";
import { expectAccepted, expectAllAccepted, type Check, type CheckGroup, type Finding } from "./check.ts";
import { DEADLINES_MS } from "./kit.ts";

/** Nothing waits for these two, but a receiver that works before it answers will one day be late. */
const PROMPT_MS = 1_000;

export const genuineChecks: CheckGroup = {
  title: "Genuine events",
  checks: [
    ...WEBHOOK_EVENTS.map((type) => accepts(type)),
    {
      id: "exact-bytes",
      title: "verifies the bytes it got, not JSON that it wrote again",
      async run(kit) {
        const event = kit.event(kit.carrier);
        return expectAccepted(
          await kit.send(withBody(event, spaced(event.body))),
          "Compute the signature over the raw body, before it is parsed: JSON that is written again has other bytes.",
        );
      },
    },
    {
      id: "no-numbers",
      title: "takes calls without telephone numbers (null)",
      async run(kit) {
        const webCall = {
          ...kit.newCall(),
          type: "web_call" as const,
          callerNumber: null,
          calledNumber: null,
        };
        const events = [
          ...(kit.accepted.includes("assistant-request")
            ? [kit.event("assistant-request", { ...kit.newCall(), callerNumber: null })]
            : []),
          ...(["status-update", "end-of-call-report"] as const)
            .filter((type) => kit.accepted.includes(type))
            .map((type) => kit.event(type, webCall, { isBare: true })),
        ];
        if (events.length === 0)
          return { verdict: "skip", seen: "no event that it accepts may lack numbers" };
        return expectAllAccepted(
          await inTurn(events, (event) => kit.send(event)),
          "Allow null: web calls have no numbers, callers may withhold theirs, and reports leave optional fields out.",
        );
      },
    },
    {
      id: "unknown-fields",
      title: "takes events with fields that it does not know",
      async run(kit) {
        const events = kit.accepted.map((type) => {
          const event = kit.event(type);
          return withMessage(event, (message) => ({
            ...message,
            added_later: { by: ["a", "newer", "version"] },
            call: { ...(message["call"] as object), added_later: null },
          }));
        });
        return expectAllAccepted(
          await inTurn(events, (event) => kit.send(event)),
          "Ignore fields that you do not know: newer versions add some.",
        );
      },
    },
    {
      id: "unknown-event",
      title: "takes an event type that it does not know",
      async run(kit) {
        const event = withMessage(kit.event(kit.carrier), (message) => ({
          ...message,
          type: "call-starred",
        }));
        return expectAccepted(
          await kit.send(event, { headers: { "X-Webhook-Event": "call-starred" } }),
          "Answer 2xx to types that you do not handle: anything else is retried.",
        );
      },
    },
  ],
};

export const answerChecks: CheckGroup = {
  title: "Answers",
  checks: [
    ...WEBHOOK_EVENTS.map((type) => answersInTime(type)),
    shape("assistant-request"),
    shape("tool-calls"),
  ],
};

function accepts(type: WebhookEventType): Check {
  return {
    id: `accepts-${type}`,
    isBasic: true,
    title: `answers ${type} with 2xx`,
    async run(kit) {
      if (!kit.takes(type)) return notTaken;
      return expectAccepted((await kit.first(type)).answer);
    },
  };
}

function answersInTime(type: WebhookEventType): Check {
  const deadlineMs = DEADLINES_MS[type];
  const isWaitedFor = type === "assistant-request" || type === "tool-calls";
  return {
    id: `in-time-${type}`,
    isBasic: true,
    title: isWaitedFor
      ? `answers ${type} within ${deadlineMs / 1_000} s, while a caller waits`
      : `answers ${type} within ${PROMPT_MS / 1_000} s`,
    async run(kit) {
      if (!kit.takes(type)) return notTaken;
      const { answer } = await kit.first(type);
      if (answer.outcome !== "answered" && answer.outcome !== "timeout") return notAnswered;
      return judgeTime(answer.durationMs, isWaitedFor, deadlineMs);
    },
  };
}

/** Warns from half of a deadline that a caller waits for: a busy day takes the other half. */
export function judgeTime(durationMs: number, isWaitedFor: boolean, deadlineMs: number): Finding {
  const seen = formatDuration(durationMs);
  if (durationMs >= deadlineMs) {
    const advice = isWaitedFor
      ? `The caller hears silence, and after ${deadlineMs / 1_000} s the call goes on without the answer: answer sooner.`
      : `After ${deadlineMs / 1_000} s it counts as not delivered and is sent again: answer first, work afterwards.`;
    return { verdict: "fail", seen, advice };
  }
  if (isWaitedFor && durationMs > deadlineMs / 2) {
    return { verdict: "warn", seen, advice: "Close to the limit: the caller hears silence all that time." };
  }
  if (!isWaitedFor && durationMs > PROMPT_MS) {
    return { verdict: "warn", seen, advice: "Answer first, and do the work afterwards." };
  }
  return { verdict: "pass", seen };
}

function shape(type: "assistant-request" | "tool-calls"): Check {
  return {
    id: `shape-${type}`,
    isBasic: true,
    title: `answers ${type} in a form that is understood`,
    async run(kit) {
      if (!kit.takes(type)) return notTaken;
      const { event, answer } = await kit.first(type);
      if (answer.outcome !== "answered" || !isSuccess(answer)) return notAnswered;
      const reading = readAnswerShape(type, answer.body, `tool_${event.id}`);
      switch (reading.verdict) {
        case "good":
          return { verdict: "pass", seen: reading.meaning };
        case "doubtful":
          return { verdict: "warn", seen: reading.meaning, advice: reading.advice };
        case "unusable":
          return { verdict: "fail", seen: reading.meaning, advice: reading.advice };
      }
    },
  };
}

const notTaken: Finding = { verdict: "skip", seen: "not among --types" };
const notAnswered: Finding = { verdict: "skip", seen: "it was not answered with 2xx" };

/** The same JSON in other bytes: spaces, line breaks, and every character beyond ASCII escaped. */
function spaced(body: Buffer): Buffer {
  const text = JSON.stringify(JSON.parse(body.toString()), undefined, 1);
  const escaped = text.replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return Buffer.from(`${escaped}\n`);
}

function withBody(event: ExampleEvent, body: Buffer): ExampleEvent {
  return { ...event, body };
}

function withMessage(
  event: ExampleEvent,
  change: (message: Record<string, unknown>) => Record<string, unknown>,
): ExampleEvent {
  const { message } = JSON.parse(event.body.toString()) as { message: Record<string, unknown> };
  return withBody(event, Buffer.from(JSON.stringify({ message: change(message) })));
}

/** One after the other: a receiver's order is part of what is checked. */
async function inTurn<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await run(item));
  return results;
}
