import {
  IncomingRequestMessage,
  IncomingResponseMessage,
  Parser,
  type IncomingInviteRequest,
} from "sip.js/lib/core/index.js";
import type { Clock } from "../../clock.ts";
import { toError } from "../../errors.ts";
import type { Logger } from "../../logger.ts";
import type { CallSource } from "../carrier.ts";
import type { Admission } from "./admission.ts";
import { createFlow, silentLoggers, USER, type Flow, type TraceSip } from "./sip-flow.ts";
import { createSipFlows, keyOf } from "./sip-flows.ts";
import { answerOutright } from "./sip-methods.ts";
import { answerToMalformed, contradictsItself } from "./malformed-request.ts";
import { sipToTel, telToSip } from "./tel-uri.ts";
import type { Path, Remote, SipProtocol } from "./sip-path.ts";
import { plainAddress } from "./sip-streams.ts";
import { createSipTransport, type TlsSettings } from "./sip-transport.ts";
import { headerOf, isTruncated, readTags, stampVia, summarize, unfold, type SipSummary } from "./sip-text.ts";
import { withoutSecrets } from "./sip-ladder.ts";
import { statelessAnswer } from "./stateless-answer.ts";

export { transportParameter, type Flow, type TraceSip } from "./sip-flow.ts";

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
  /** answers to nothing that we asked */
  strayResponses: number;
}

export type MalformedKind =
  /** no start line, or no Via, CSeq or Call-ID */
  | "not-sip"
  /** the datagram ends before its body does */
  | "truncated"
  /** CSeq names another method than the start line, or a header is there twice and says two things */
  | "contradictory"
  /** From or To is missing, or a header cannot be parsed */
  | "headers"
  /** a TCP stream without Content-Length, or with a message over the size limit */
  | "stream";

export interface SipEndpoint {
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly port: number;
  readonly tlsPort: number | undefined;
  readonly counters: SipCounters;
  /** peers that are remembered */
  readonly flows: number;
  /** A flow for requests of ours. Streams connect where no connection is open; rejects when nobody is there. */
  openFlow(protocol: SipProtocol, remote: Remote): Promise<Flow>;
  /** Messages inside this call belong to this flow, whichever way they come. @returns ends that */
  bindCall(callId: string, flow: Flow): () => void;
}

const SWEEP_EVERY_MS = 30_000;
/** A message inside a call, or an endpoint without admission. */
const ANYBODY: CallSource = { trunks: [], isAllowed: true };

interface ReceivedMessage {
  raw: string;
  summary: SipSummary;
  path: Path;
  source: CallSource;
}

/** Takes messages off the transport, sees to repeats, and hands the rest to the SIP.js core of the peer's flow. */
export function createSipEndpoint(options: {
  host: string;
  port: number;
  /** what a peer is told to send to, where it is not the address that it sees anyway (behind NAT) */
  advertise?: ((peerAddress: string) => string | undefined) | undefined;
  tls?: TlsSettings | undefined;
  /** who may ask for what is not inside a call; @default everybody, as somebody who may call anything */
  admission?: Admission | undefined;
  clock: Clock;
  logger: Logger;
  onInvite: (request: IncomingInviteRequest, flow: Flow, source: CallSource) => void;
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
    strayResponses: 0,
  };
  // Whoever looks at a call's messages must not be able to decrypt what was recorded on the wire.
  const trace: TraceSip | undefined =
    options.trace && ((direction, text, way) => options.trace?.(direction, withoutSecrets(text), way));
  let cancelSweep: (() => void) | undefined;
  /** of requests that SIP.js has not handed back yet */
  const sources = new WeakMap<IncomingRequestMessage, CallSource>();
  const opening = new Map<string, Promise<Flow>>();
  const transport = createSipTransport({
    host: options.host,
    port: options.port,
    tls: options.tls,
    mayConnect: options.admission?.mayConnect,
    onMessage: (text, path, sizeBytes) => guard(unfold(text), path, () => receive(text, path, sizeBytes)),
    onMalformed: () => countMalformed("stream"),
    isInUse: (path) => {
      const flow = flows.at(path);
      return flow !== undefined && flows.isInUse(flow);
    },
  });

  function guard(text: string, path: Path, handle: () => void): void {
    try {
      handle();
    } catch (error) {
      // SIP.js throws on headers that parse and make no sense.
      refuseMalformed("headers", text, path);
      logger.debug({ err: toError(error) }, "a SIP message was ignored");
    }
  }

  function countMalformed(kind: MalformedKind): void {
    counters.malformed++;
    counters.malformedByKind[kind]++;
  }

  function refuseMalformed(kind: MalformedKind, text: string, path: Path): void {
    countMalformed(kind);
    // Scanners send much that is broken; where calls are admitted by source, strangers get no answer to it.
    if (options.admission && !flows.at(path)) return;
    const answer = answerToMalformed(text, path.remote);
    if (answer) path.write(sipToTel(answer));
  }

  function receive(folded: string, path: Path, sizeBytes: number): void {
    const raw = telToSip(unfold(folded));
    const summary = summarize(raw);
    if (!summary) return refuseMalformed("not-sip", raw, path);
    if (path.protocol === "UDP" && isTruncated(folded, sizeBytes))
      return refuseMalformed("truncated", raw, path);
    if ((summary.method && summary.method !== summary.cseqMethod) || contradictsItself(raw))
      return refuseMalformed("contradictory", raw, path);
    const source = admit(raw, summary, path);
    if (!source) return undefined;
    const flow = flows.find(raw, summary, path);
    const message = { raw, summary, path, source };
    if (flow && !(summary.method === "INVITE" && hasOldAddress(flow))) return take(flow, message);
    if (!summary.method) {
      counters.strayResponses++;
      return undefined;
    }
    // Asked once a peer, so that messages keep their order.
    void path.localAddress().then((localAddress) => {
      if (cancelSweep === undefined) return;
      const known = flows.at(path);
      guard(raw, path, () =>
        take(known && !hasOldAddress(known) ? known : addFlow(path, localAddress), message),
      );
    });
    return undefined;
  }

  /**
   * Whether a message is anything to us. Until then nothing is made of it, no flow and no transaction: most of what a
   * port on the internet gets is from scanners. @returns undefined: it is not, and was told so or dropped
   */
  function admit(raw: string, summary: SipSummary, path: Path): CallSource | undefined {
    const { method } = summary;
    const { admission } = options;
    if (!admission || !method || flows.ofCall(raw, summary, path)) return ANYBODY;
    // What belongs to a request that was admitted: its repeats and its end come from where it came from.
    const isFollowing = method === "ACK" || method === "CANCEL" || readTags(raw).toTag !== undefined;
    if (isFollowing && flows.at(path)) return ANYBODY;
    const { address, port } = path.remote;
    const screening = admission.screen({
      method,
      // A socket for both kinds writes IPv4 addresses as IPv6.
      address: plainAddress(address),
      port,
      transaction: summary.transaction,
      uri: /^\S+ (\S+)/.exec(raw)?.[1] ?? "",
      authorization: headerOf(raw, "authorization"),
    });
    switch (screening.outcome) {
      case "admitted":
        return screening.source;
      case "refused":
        path.write(statelessAnswer(raw, path.remote, screening));
        return undefined;
      case "dropped":
        // Whoever is not talked to any more needs no connection either.
        if (screening.closes) path.close();
        return undefined;
    }
  }

  function take(flow: Flow, message: ReceivedMessage): void {
    const { raw, summary, path, source } = message;
    trace?.("in", raw, { protocol: path.protocol, localAddress: flow.localAddress, remote: path.remote });
    flow.lastUsedMs = clock.monotonicMs();
    if (path.protocol === "UDP" && flow.retransmission.receive(raw, summary) === "absorbed") {
      counters.absorbed++;
      return;
    }
    const text = summary.method ? stampVia(asSipUri(raw), path.remote) : raw;
    const parsed = Parser.parseMessage(text, silentLoggers.getLogger("sip.parser"));
    if (!parsed || !hasMandatoryHeaders(parsed)) refuseMalformed("headers", raw, path);
    else if (parsed instanceof IncomingResponseMessage)
      flow.core.receiveIncomingResponseFromTransport(parsed);
    else {
      sources.set(parsed, source);
      receiveRequest(parsed, flow);
    }
  }

  function receiveRequest(request: IncomingRequestMessage, flow: Flow): void {
    const { method, toTag } = request;
    const scheme = /^\S+ ([a-z][\w+.-]*):/i.exec(request.data)?.[1]?.toLowerCase();
    const contentType = request.body ? request.getHeader("content-type") : undefined;
    const answer = answerOutright({
      method,
      toTag,
      require: request.getHeader("require"),
      scheme,
      contentType,
    });
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

  /** Our public address has changed since; a flow that carries a call keeps the one that the call was set up with. */
  function hasOldAddress(flow: Flow): boolean {
    const advertised = options.advertise?.(flow.path.remote.address);
    return advertised !== undefined && advertised !== flow.localAddress && !flows.isInUse(flow);
  }

  function addFlow(path: Path, localAddress: string, isOurs = false): Flow {
    flows.at(path)?.stop();
    const flow = createFlow({
      path,
      isOurs,
      localAddress: options.advertise?.(path.remote.address) ?? localAddress,
      port: path.protocol === "TLS" ? (transport.tlsPort ?? transport.port) : transport.port,
      clock,
      trace,
      onRepeat: () => counters.repeated++,
      reopen: (remote) => transport.open(path.protocol, remote),
      onInvite: (request, from) => {
        counters.invites++;
        options.onInvite(request, from, sources.get(request.message) ?? ANYBODY);
      },
    });
    flows.add(path, flow);
    return flow;
  }

  async function connectFlow(protocol: SipProtocol, remote: Remote): Promise<Flow> {
    const path = await transport.open(protocol, remote);
    const localAddress = await path.localAddress();
    const known = flows.at(path);
    if (!known || hasOldAddress(known)) return addFlow(path, localAddress, true);
    known.path = path;
    return known;
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
      cancelSweep = undefined;
      flows.stop();
      await transport.stop();
    },
    get port() {
      return transport.port;
    },
    get tlsPort() {
      return transport.tlsPort;
    },
    counters,
    get flows() {
      return flows.size;
    },
    openFlow(protocol, remote) {
      const known = flows.at({ protocol, remote });
      if (known?.path.isOpen && !hasOldAddress(known)) return Promise.resolve(known);
      // One connection, however many calls want it at once.
      const key = keyOf({ protocol, remote });
      const connecting = opening.get(key) ?? connectFlow(protocol, remote).finally(() => opening.delete(key));
      opening.set(key, connecting);
      return connecting;
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
