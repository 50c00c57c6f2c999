import type { EndReason, FinalStatus } from "../../src/calls/call-state.ts";
import type { TurnLatency } from "../../src/conversation/turn-latency.ts";
import type { Random } from "./random.ts";
import { DAGEN, DAYS, FLOWERS, NAMES, STORIES, type End, type Story } from "./stories.ts";

export interface Spoken {
  role: "user" | "assistant";
  text: string;
  from: Date;
  to: Date;
}

export interface ToolRun {
  id: string;
  name: string;
  arguments: Record<string, string>;
  result: unknown;
  error: string | undefined;
  at: Date;
  durationMs: number;
}

/** A call of the demo, before it is written. */
export interface CallPlan {
  id: string;
  story: Story;
  callerNumber: string | null;
  createdAt: Date;
  answeredAt: Date | undefined;
  endedAt: Date;
  status: FinalStatus;
  reason: EndReason;
  error: string | undefined;
  decisionMs: number;
  spoken: Spoken[];
  tools: ToolRun[];
  turns: TurnLatency[];
  summary: string | null;
}

const DAY_MS = 86_400_000;
const SPOKEN_MS_PER_CHARACTER = 62;

/** As many calls, over so many days back from a moment; the oldest first. Pure. */
export function planCalls(random: Random, options: { count: number; days: number; until: Date }): CallPlan[] {
  const stories = STORIES.flatMap((story) => Array.from({ length: story.weight }, () => story));
  return Array.from({ length: options.count }, () => momentOf(random, options))
    .toSorted((a, b) => a.getTime() - b.getTime())
    .map((at) => planCall(random, random.pick(stories), at));
}

/** People call by day, less at the weekend, and a little more every week. */
function momentOf(random: Random, { days, until }: { days: number; until: Date }): Date {
  for (;;) {
    const at = new Date(until.getTime() - 10 * 60_000 - random.next() ** 1.25 * days * DAY_MS);
    const hour = at.getUTCHours() + 1;
    const isWeekend = [0, 6].includes(at.getUTCDay());
    const share = (hour >= 8 && hour <= 19 ? 1 : 0.06) * (isWeekend ? 0.35 : 1);
    if (random.isChance(share)) return at;
  }
}

function planCall(random: Random, story: Story, createdAt: Date): CallPlan {
  const words: Record<string, string> = {
    name: random.pick(NAMES),
    day: random.pick(DAYS),
    dag: random.pick(DAGEN),
    flowers: random.pick(FLOWERS),
  };
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_all, word: string) => words[word] ?? word);
  const decisionMs = random.between(18, 140);
  const isAnswered = story.lines.length > 0;
  const answeredAt = isAnswered
    ? after(createdAt, story.direction === "outbound" ? random.between(4_000, 14_000) : decisionMs + 40)
    : undefined;
  const spoken: Spoken[] = [];
  const tools: ToolRun[] = [];
  const turns: TurnLatency[] = [];
  let now = answeredAt ?? createdAt;
  let toolMs = 0;
  for (const line of story.lines) {
    if (typeof line !== "string") {
      const durationMs = line.error ? 10_000 : random.between(60, 420);
      const id = `call_${random.idAt(now).slice(-12)}`;
      const args = Object.fromEntries(Object.entries(line.arguments).map(([key, text]) => [key, fill(text)]));
      const { tool: name, result, error } = line;
      tools.push({ id, name, arguments: args, result, error, at: after(now, 620), durationMs });
      toolMs += durationMs;
      continue;
    }
    const isCaller = line.startsWith("> ");
    const text = fill(line.replace(/^> /, ""));
    const last = spoken.at(-1);
    if (!isCaller && last?.role === "user") {
      const turn = planTurn(random, last.to, toolMs);
      turns.push(turn);
      now = after(last.to, turn.totalMs);
    } else now = after(now, isCaller ? random.between(500, 1_600) : random.between(250, 500));
    toolMs = 0;
    const to = after(now, text.length * SPOKEN_MS_PER_CHARACTER * random.between(0.9, 1.15));
    spoken.push({ role: isCaller ? "user" : "assistant", text, from: now, to });
    now = to;
  }
  const endedAt = after(now, endsAfterMs(random, story.end) + toolMs);
  return {
    id: random.idAt(createdAt),
    story,
    callerNumber: story.direction === "web" ? null : `+316${random.whole(10_000_000, 99_999_999)}`,
    createdAt,
    answeredAt,
    endedAt,
    ...outcomeOf(story.end),
    decisionMs,
    spoken,
    tools,
    turns,
    summary: story.summary === "" ? null : fill(story.summary),
  };
}

function planTurn(random: Random, endOfSpeech: Date, toolMs: number): TurnLatency {
  // A model has a slow moment now and then.
  const slow = random.isChance(0.06) ? random.between(600, 1_900) : 0;
  const stages = {
    sttFinalMs: random.between(70, 190),
    endOfTurnWaitMs: random.between(120, 330),
    toolMs,
    llmFirstTokenMs: random.between(210, 520) + slow,
    ttsFirstAudioMs: random.between(80, 190),
    playoutStartMs: random.between(8, 24),
  };
  const totalMs = Object.values(stages).reduce((sum, ms) => sum + ms, 0);
  return { endOfSpeechAt: endOfSpeech.getTime(), totalMs, stages };
}

function endsAfterMs(random: Random, end: End): number {
  switch (end) {
    case "silence_timeout":
      return 24_000;
    case "no_answer":
      return 60_000;
    case "busy":
    case "rejected_by_webhook":
      return random.between(700, 2_500);
    case "user_cancelled":
      return random.between(2_000, 9_000);
    case "connection_lost":
    case "error":
      return 8_000;
    case "user_hangup":
    case "assistant_hangup":
    case "transferred":
    case "voicemail":
      return random.between(400, 1_800);
  }
}

function outcomeOf(end: End): Pick<CallPlan, "status" | "reason" | "error"> {
  switch (end) {
    case "transferred":
      return { status: "transferred", reason: end, error: undefined };
    case "connection_lost":
      return { status: "ended-with-error", reason: end, error: "Connection lost: no audio for 8 s" };
    case "error":
      return { status: "ended-with-error", reason: end, error: "STT connection failed" };
    case "rejected_by_webhook":
      return { status: "rejected", reason: end, error: "Wij zijn vandaag gesloten." };
    case "no_answer":
    case "busy":
      return { status: "failed", reason: end, error: undefined };
    case "user_hangup":
    case "assistant_hangup":
    case "voicemail":
    case "silence_timeout":
    case "user_cancelled":
      return { status: "ended", reason: end, error: undefined };
  }
}

export function after(at: Date, ms: number): Date {
  return new Date(at.getTime() + Math.round(ms));
}
