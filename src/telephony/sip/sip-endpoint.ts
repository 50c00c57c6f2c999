import {
  IncomingRequestMessage,
  IncomingResponseMessage,
  Parser,
  type IncomingInviteRequest,
} from "sip.js/lib/core/index.js";
import type { Clock } from "../../clock.ts";
import { toError } from "../../errors.ts";
import type { Logger } from "../../logger.ts";
import { createFlow, silentLoggers, USER, type Flow, type TraceSip } from "./sip-flow.ts";
import { createSipFlows } from "./sip-flows.ts";
import { answerOutright } from "./sip-methods.ts";
import { createSipTransport, type Path } from "./sip-transport.ts";
import { isTruncated, stampVia, summarize } from "./sip-text.ts";

export type { Flow, TraceSip } from "./sip-flow.ts";

export interface SipCounters {
  /** messages that could not be read: all of them, and by what was wrong */
  malformed: number;
  malformedByKind: Record<MalformedKind, number>;
  /** repeats that were dealt with and went no further */
  absorbed: number;
  /** messages of ours that went out once more because nothing came back */
  repeated: number;
  /** requests refused before anybody saw them: unknown methods, extensions we lack */
  refused: number;
  invites: number;
}

export type MalformedKind =
  /** no start line, or no Via, CSeq or Call-ID */
  | "not-sip"
  /** the datagram ends before its body does */
  | "truncated"
  /** CSeq names another method than the start line */
  | "contradictory"
  /** From or To is missing, or a header cannot be parsed */
  | "headers"
  /** a TCP stream without Content-Length, or with a message over the size limit */
  | "stream";

export interface SipEndpoint {
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly port: number;
  readonly counters: SipCounters;
  /** peers that are remembered */
  readonly flows: number;
  /** A flow for calls of ours. Over TCP it connects, and rejects when nobody is there. */
  openFlow(protocol: "UDP" | "TCP", remote: { address: string; port: number }): Promise<Flow>;
  /** Messages inside this call belong to this flow, whichever way they come. @returns ends that */
  bindCall(callId: string, flow: Flow): () => void;
}

const SWEEP_EVERY_MS = 30_000;

/** Takes messages off the transport, sees to repeats, and hands the rest to the SIP.js core of the peer's flow. */
export function createSipEndpoint(options: {
  host: string;
  port: number;
  /** what peers are told to send to, where it is not the address that they see anyway */
  advertisedHost?: string | undefined;
  clock: Clock;
  logger: Logger;
  onInvite: (request: IncomingInviteRequest, flow: Flow) => void;
  trace?: TraceSip | undefined;
}): SipEndpoint {
  const { clock, logger } = options;
  const flows = createSipFlows(() => clock.monotonicMs());
  const counters: SipCounters = {
    malformed: 0,
    malformedByKind: { "not-sip": 0, truncated: 0, contradictory: 0, headers: 0, stream: 0 },
    absorbed: 0,
    repeated: 0,
    refused: 0,
    invites: 0,
  };
  let cancelSweep: (() => void) | undefined;
  const transport = createSipTransport({
    host: options.host,
    port: options.port,
    onMessage: (text, path, sizeBytes) => {
      try {
        receive(text, path, sizeBytes);
      } catch (error) {
        // SIP.js throws on headers that parse and make no sense. The sender gets nothing and tries no more.
        countMalformed("headers");
        logger.debug({ err: toError(error) }, "a SIP message was ignored");
      }
    },
    onMalformed: () => countMalformed("stream"),
    isInUse: (path) => {
      const flow = flows.at(path);
      return flow !== undefined && flows.isInUse(flow);
    },
  });

  function countMalformed(kind: MalformedKind): void {
    counters.malformed++;
    counters.malformedByKind[kind]++;
  }

  function receive(raw: string, path: Path, sizeBytes: number): void {
    const summary = summarize(raw);
    if (!summary) return countMalformed("not-sip");
    if (path.protocol === "UDP" && isTruncated(raw, sizeBytes)) return countMalformed("truncated");
    if (summary.method && summary.method !== summary.cseqMethod) return countMalformed("contradictory");
    options.trace?.("in", raw);
    const flow = flows.find(raw, summary, path) ?? addFlow(path);
    flow.lastUsedMs = clock.monotonicMs();
    if (path.protocol === "UDP" && flow.retransmission.receive(raw, summary) === "absorbed") {
      counters.absorbed++;
      return undefined;
    }
    const text = summary.method ? stampVia(asSipUri(raw), path.remote) : raw;
    const message = Parser.parseMessage(text, silentLoggers.getLogger("sip.parser"));
    if (!message || !hasMandatoryHeaders(message)) return countMalformed("headers");
    if (message instanceof IncomingResponseMessage) flow.core.receiveIncomingResponseFromTransport(message);
    else receiveRequest(message, flow);
    return undefined;
  }

  function receiveRequest(request: IncomingRequestMessage, flow: Flow): void {
    const { method, toTag } = request;
    const answer = answerOutright({ method, toTag, require: request.getHeader("require") });
    if (answer) {
      if (answer.statusCode >= 400) counters.refused++;
      flow.core.replyStateless(request, answer);
      return;
    }
    // RFC 3261, 20.15. SIP.js makes half a dialog of it, which repeats its answer for ever.
    if (request.body && !request.hasHeader("content-type")) {
      counters.refused++;
      if (method !== "ACK")
        flow.core.replyStateless(request, { statusCode: 400, reasonPhrase: "Missing Content-Type" });
      return;
    }
    // SIP.js answers 404 when the request's user is not its own. Whose number it is, is not for it to decide.
    if (request.ruri) request.ruri.user = USER;
    flow.core.receiveIncomingRequestFromTransport(request);
  }

  function addFlow(path: Path): Flow {
    const flow = createFlow({
      path,
      localAddress: options.advertisedHost ?? path.localAddress,
      port: transport.port,
      clock,
      trace: options.trace,
      onRepeat: () => counters.repeated++,
      reopen: (remote) => transport.open("TCP", remote),
      onInvite: (request, from) => {
        counters.invites++;
        options.onInvite(request, from);
      },
    });
    flows.add(path, flow);
    return flow;
  }

  function sweep(): void {
    flows.sweep(clock.monotonicMs());
    cancelSweep = clock.after(SWEEP_EVERY_MS, sweep);
  }

  return {
    async start() {
      await transport.start();
      sweep();
    },
    async stop() {
      cancelSweep?.();
      flows.stop();
      await transport.stop();
    },
    get port() {
      return transport.port;
    },
    counters,
    get flows() {
      return flows.size;
    },
    async openFlow(protocol, remote) {
      const path = await transport.open(protocol, remote);
      return flows.at(path) ?? addFlow(path);
    },
    bindCall: (callId, flow) => flows.bindCall(callId, flow),
  };
}

/** `INVITE tel:+3185…` is a number like any other; SIP.js takes sip: alone (RFC 3261, 19.1.6 says how to turn one into the other). */
function asSipUri(text: string): string {
  return text.replace(/^([A-Z]+) tel:([^\s;]+)\S* SIP\/2\.0/, "$1 sip:$2@localhost SIP/2.0");
}

/** RFC 3261, 8.1.1: without these a message cannot be answered. */
function hasMandatoryHeaders(message: IncomingRequestMessage | IncomingResponseMessage): boolean {
  return (
    ["From", "To", "Call-ID", "CSeq", "Via"].every((name) => message.hasHeader(name)) &&
    Boolean(message.from && message.to)
  );
}
