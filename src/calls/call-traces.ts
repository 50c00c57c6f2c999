import type { TurnLatency } from "../conversation/turn-latency.ts";
import type { LegMedia, CapturedRtpHeader, MediaStatistics } from "../telephony/carrier.ts";
import type { SipLog, SipMessage } from "../telephony/sip/sip-ladder.ts";
import { decisionOf, traceOnWire, type TracedDecision, type TraceOnWire } from "./call-trace.ts";
import type { TimelineEntry } from "./call-timeline.ts";

/** Gathers what is to be seen of one call while it runs, in bounded memory. Nothing of the call waits for it. */
export interface CallTrace {
  /** a moment of the timeline */
  add(entry: TimelineEntry): void;
  turn(turn: TurnLatency): void;
  /** a leg's audio: it is asked for its figures */
  listen(media: LegMedia): void;
  /** So far. Never rejects. */
  read(): Promise<ReadTrace>;
  /** It is written, or will never be. */
  close(): void;
}

export interface ReadTrace {
  trace: TraceOnWire;
  /** undefined: nothing is to be kept */
  capture: CallCapture | undefined;
}

/** What a capture file is made of. */
export interface CallCapture {
  messages: readonly SipMessage[];
  rtpHeaders: readonly CapturedRtpHeader[];
}

export interface CallTraces {
  begin(call: { id: string; createdAt: Date }, carrierCallId: string): CallTrace;
  /** undefined: it does not run here */
  find(callId: string): CallTrace | undefined;
}

/** More of them than a person would read. */
const MOST_ENTRIES = 500;

export function createCallTraces(options: {
  sipLog: SipLog;
  capture: "off" | "sip" | "rtp-headers";
}): CallTraces {
  const running = new Map<string, CallTrace>();
  return {
    find: (callId) => running.get(callId),
    begin({ id, createdAt }, carrierCallId) {
      const sip = options.sipLog.claim(carrierCallId);
      const decisions: TracedDecision[] = [];
      const turns: TurnLatency[] = [];
      const legs: LegMedia[] = [];
      const trace: CallTrace = {
        add(entry) {
          const decision = decisionOf(entry);
          if (decision && decisions.length < MOST_ENTRIES) decisions.push(decision);
        },
        turn: (turn) => void (turns.length < MOST_ENTRIES && turns.push(turn)),
        listen(media) {
          legs.push(media);
          if (options.capture === "rtp-headers") media.startHeaderCapture();
        },
        async read() {
          const asked = await Promise.allSettled(legs.map((media) => media.statistics()));
          const media = asked.flatMap((leg): MediaStatistics[] =>
            leg.status === "fulfilled" ? [leg.value] : [],
          );
          const headers = await Promise.allSettled(legs.map((leg) => leg.capturedHeaders()));
          const rtpHeaders = headers.flatMap((leg) => (leg.status === "fulfilled" ? leg.value : []));
          const messages = [...sip.messages()];
          return {
            trace: traceOnWire({
              // The INVITE came before the call had a row.
              startedAt: Math.min(createdAt.getTime(), messages[0]?.at ?? Infinity),
              sip: messages,
              sipOmitted: sip.omitted,
              media,
              turns,
              decisions,
            }),
            capture: options.capture === "off" ? undefined : { messages, rtpHeaders },
          };
        },
        close() {
          running.delete(id);
          sip.release();
        },
      };
      running.set(id, trace);
      return trace;
    },
  };
}
