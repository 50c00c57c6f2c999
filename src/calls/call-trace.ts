import type { TurnLatency } from "../conversation/turn-latency.ts";
import type { MediaStatistics } from "../telephony/carrier.ts";
import { estimateMos } from "../telephony/rtp/call-quality.ts";
import { ladderOf, type SipMessage } from "../telephony/sip/sip-ladder.ts";
import type { TimelineEntry } from "./call-timeline.ts";
import type { TypedOutcome } from "./typed-text.ts";

/** What is known of a call for those who ask why it went as it did; times in Unix milliseconds. */
export interface TraceParts {
  startedAt: number;
  sip: readonly SipMessage[];
  sipOmitted: number;
  media: readonly MediaStatistics[];
  turns: readonly TurnLatency[];
  decisions: readonly TracedDecision[];
}

export interface TracedDecision {
  at: number;
  type: string;
  text: string;
}

/** One packet of G.711 as it is sent here. */
const PACKET_MS = 20;

/** A trace as the API shows it. Pure. */
export function traceOnWire({ startedAt, ...parts }: TraceParts) {
  const offset = (at: number) => Math.round(at - startedAt);
  const rounded = (ms: number) => Math.round(ms * 10) / 10;
  return {
    started_at: new Date(startedAt).toISOString(),
    sip: ladderOf(parts.sip).map((step) => ({
      offset_ms: offset(step.at),
      direction: step.direction,
      start_line: step.startLine,
      cseq: step.cseq,
      peer: step.peer,
      transport: step.protocol,
      is_retransmission: step.isRetransmission,
    })),
    sip_omitted: parts.sipOmitted,
    media: parts.media.map((leg) => ({
      codec: leg.codec,
      sent_packets: leg.sentPackets,
      received_packets: leg.receivedPackets,
      lost_packets: leg.lostPackets,
      late_packets: leg.latePackets,
      jitter_ms: rounded(leg.jitterMs),
      mos:
        estimateMos({
          received: leg.receivedPackets,
          lost: leg.lostPackets,
          late: leg.latePackets,
          delayMs: PACKET_MS + leg.bufferMs + leg.jitterMs,
        }) ?? null,
    })),
    turns: parts.turns.map(({ endOfSpeechAt, totalMs, stages }) => ({
      offset_ms: offset(endOfSpeechAt),
      total_ms: rounded(totalMs),
      stages: {
        stt_final_ms: rounded(stages.sttFinalMs),
        end_of_turn_wait_ms: rounded(stages.endOfTurnWaitMs),
        tool_ms: rounded(stages.toolMs),
        llm_first_token_ms: rounded(stages.llmFirstTokenMs),
        tts_first_audio_ms: rounded(stages.ttsFirstAudioMs),
        playout_start_ms: rounded(stages.playoutStartMs),
      },
    })),
    decisions: parts.decisions.map(({ at, type, text }) => ({ offset_ms: offset(at), type, text })),
  };
}

export type TraceOnWire = ReturnType<typeof traceOnWire>;

/**
 * What a moment of the timeline says of a call's course, in words. Nothing that was said, asked or typed: the trace outlives
 * the content. @returns undefined for what is content alone
 */
export function decisionOf(entry: TimelineEntry): TracedDecision | undefined {
  const text = wordsOf(entry);
  return text === undefined ? undefined : { at: entry.at.getTime(), type: entry.type, text };
}

const TYPED: Record<TypedOutcome, string> = {
  taken: "the caller typed something",
  "too-long": "what the caller typed was left out: it was too long",
  "too-many": "what the caller typed was left out: too many texts in a short time",
  "nobody-reads": "what the caller typed was left out: somebody else has the call",
};

function wordsOf(entry: TimelineEntry): string | undefined {
  const ms = (durationMs: number) => `${Math.round(durationMs)} ms`;
  switch (entry.type) {
    case "dialing":
      return "the call was placed";
    case "ringing":
      return "a call came in";
    case "decided":
      // Why a call was refused may be the text that was spoken to the caller; how it ended says enough.
      return entry.mode === "reject"
        ? `assistant-request was decided in ${ms(entry.durationMs)}: the call is refused`
        : `assistant-request was decided in ${ms(entry.durationMs)}: ${entry.mode}, because ${entry.because}`;
    case "joined":
      return "the caller's browser joined";
    case "answered":
      return "answered";
    case "interrupted":
      return "the assistant stopped speaking because the caller began to";
    case "tool-call":
      return `the tool ${entry.name} was called`;
    case "tool-result":
      return `the tool ${entry.name} ${entry.outcome === "result" ? "answered" : "failed"} after ${ms(entry.durationMs)}`;
    case "consent":
      return `the caller was asked for consent to the recording: ${entry.outcome}`;
    case "node":
      return `the workflow's node ${entry.nodeId} is active`;
    case "digit":
      return "the caller pressed a key";
    case "typed":
      return TYPED[entry.outcome];
    case "transfer":
      return entry.outcome === "transferred"
        ? "the call was transferred"
        : `a transfer failed: ${entry.detail ?? "unknown"}`;
    case "ended": {
      const isSpoken = entry.reason === "rejected_by_webhook" || entry.error === undefined;
      return `the call was over: ${entry.status}, ${entry.reason}${isSpoken ? "" : ` (${entry.error})`}`;
    }
    case "analysed":
      return entry.outcome === "made"
        ? `the call was analysed in ${ms(entry.durationMs)}`
        : `the analysis ${entry.outcome === "failed" ? "failed" : "was left out"}: ${entry.because ?? "unknown"}`;
    case "reported":
      return "the report was written";
    case "message":
      return undefined;
  }
}
