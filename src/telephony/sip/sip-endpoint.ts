import {
  LoggerFactory,
  Parser,
  UserAgentCore,
  type IncomingInviteRequest,
  type IncomingRequestMessage,
  type IncomingResponseMessage,
} from "sip.js/lib/core/index.js";
import { URI } from "sip.js/lib/grammar/index.js";
import type { Clock } from "../../clock.ts";
import { toError } from "../../errors.ts";
import type { Logger } from "../../logger.ts";
import { createRetransmission, type Retransmission } from "./retransmission.ts";
import { createSipTransport, type Path } from "./sip-transport.ts";
import { stampVia, summarize } from "./sip-text.ts";

/** One peer as SIP.js sees it: a user agent core of its own, because SIP.js's transport has no destination. */
export interface Flow {
  readonly core: UserAgentCore;
  /** address of ours that goes into Contact and SDP */
  readonly localAddress: string;
  readonly path: Path;
}

export interface SipCounters {
  malformed: number;
  absorbed: number;
  invites: number;
}

export interface SipEndpoint {
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly port: number;
  readonly counters: SipCounters;
  openFlow(protocol: "UDP" | "TCP", remote: { address: string; port: number }): Promise<Flow>;
  /** In-dialog requests of this call belong to this flow, whichever way they come. @returns ends that */
  bindCall(callId: string, flow: Flow): () => void;
}

/** Every message, as it is on the wire: for the ladder that people look at. */
export type TraceSip = (direction: "in" | "out", text: string) => void;

interface OpenFlow extends Flow {
  path: Path;
  retransmission: Retransmission;
  lastUsedMs: number;
}

const USER = "switchhook";
const SWEEP_EVERY_MS = 30_000;
const IDLE_AFTER_MS = 60_000;

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
  const flows = new Map<string, OpenFlow>();
  const flowOfCall = new Map<string, OpenFlow>();
  const counters: SipCounters = { malformed: 0, absorbed: 0, invites: 0 };
  let cancelSweep: () => void = () => undefined;
  const transport = createSipTransport({
    host: options.host,
    port: options.port,
    onMessage: receive,
    onMalformed: () => counters.malformed++,
  });

  // SIP.js prints by itself otherwise. Its warnings carry numbers and addresses; our counters say what matters.
  const loggerFactory = new LoggerFactory();
  loggerFactory.builtinEnabled = false;

  function receive(raw: string, path: Path): void {
    const summary = summarize(raw);
    if (!summary) {
      counters.malformed++;
      return;
    }
    options.trace?.("in", raw);
    const flow = ownerOf(raw, summary.callId, path) ?? flowFor(path);
    flow.lastUsedMs = clock.monotonicMs();
    if (flow.retransmission.receive(raw, summary) === "absorbed") {
      counters.absorbed++;
      return;
    }
    try {
      const text = summary.method ? stampVia(asSipUri(raw), path.remote) : raw;
      const message = Parser.parseMessage(text, loggerFactory.getLogger("sip.parser"));
      if (!message || !hasMandatoryHeaders(message)) {
        counters.malformed++;
        return;
      }
      if (summary.method) {
        const request = message as IncomingRequestMessage;
        // SIP.js answers 404 when the request's user is not its own. Whose number it is, is not for it to decide.
        if (request.ruri) request.ruri.user = USER;
        flow.core.receiveIncomingRequestFromTransport(request);
      } else {
        flow.core.receiveIncomingResponseFromTransport(message as IncomingResponseMessage);
      }
    } catch (error) {
      // SIP.js throws on headers that parse and make no sense. The sender gets nothing and tries no more.
      counters.malformed++;
      logger.debug({ err: toError(error) }, "a SIP message was ignored");
    }
  }

  /**
   * A request inside a call may come by another way than the call did: a TCP connection opened anew, a NAT that has
   * changed its port. It goes to the flow that knows the dialog, and answers go the new way from then on.
   */
  function ownerOf(raw: string, callId: string, path: Path): OpenFlow | undefined {
    const owner = flowOfCall.get(callId);
    if (!owner || !/^(?:to|t)[ \t]*:[^\r\n]*;[ \t]*tag=/im.test(raw)) return undefined;
    if (keyOf(owner.path) !== keyOf(path) || !owner.path.isOpen) owner.path = path;
    return owner;
  }

  function flowFor(path: Path): OpenFlow {
    const known = flows.get(keyOf(path));
    if (known?.path.isOpen) {
      known.path = path;
      return known;
    }
    const localAddress = options.advertisedHost ?? path.localAddress;
    const hostPort = localAddress.includes(":") ? `[${localAddress}]` : localAddress;
    const uri = new URI(
      "sip",
      USER,
      hostPort,
      transport.port,
      path.protocol === "TCP" ? { transport: "tcp" } : {},
    );
    const contact = { uri, pubGruu: undefined, tempGruu: undefined, toString: () => `<${uri.toString()}>` };
    const flow: OpenFlow = {
      path,
      localAddress,
      lastUsedMs: clock.monotonicMs(),
      retransmission: createRetransmission({ clock, write: (text) => writeTo(flow, text) }),
      core: new UserAgentCore(
        {
          aor: uri,
          contact,
          displayName: "",
          loggerFactory,
          hackViaTcp: false,
          routeSet: [],
          sipjsId: USER,
          supportedOptionTags: [],
          supportedOptionTagsResponse: [],
          userAgentHeaderFieldValue: "Switchhook",
          viaForceRport: true,
          viaHost: `${hostPort}:${transport.port}`,
          authenticationFactory: () => undefined,
          transportAccessor: () => ({
            protocol: path.protocol,
            send: (text: string) => {
              if (path.protocol === "UDP") flow.retransmission.send(text);
              else writeTo(flow, text);
              return Promise.resolve();
            },
          }),
        },
        {
          onInvite: (request) => {
            counters.invites++;
            options.onInvite(request, flow);
          },
        },
      ),
    };
    flows.set(keyOf(path), flow);
    return flow;
  }

  function writeTo(flow: OpenFlow, text: string): void {
    options.trace?.("out", text);
    flow.path.write(text);
  }

  /** Forgets peers that have been silent: a scanner must not fill the memory. */
  function sweep(): void {
    const bound = new Set(flowOfCall.values());
    for (const [key, flow] of flows) {
      const isIdle =
        flow.retransmission.isIdle &&
        flow.core.dialogs.size === 0 &&
        !bound.has(flow) &&
        clock.monotonicMs() - flow.lastUsedMs > IDLE_AFTER_MS;
      if (!isIdle) continue;
      flow.core.dispose();
      flows.delete(key);
    }
    cancelSweep = clock.after(SWEEP_EVERY_MS, sweep);
  }

  return {
    async start() {
      await transport.start();
      sweep();
    },
    async stop() {
      cancelSweep();
      for (const flow of flows.values()) {
        flow.core.dispose();
        flow.retransmission.stop();
      }
      flows.clear();
      await transport.stop();
    },
    get port() {
      return transport.port;
    },
    counters,
    async openFlow(protocol, remote) {
      return flowFor(await transport.open(protocol, remote));
    },
    bindCall(callId, flow) {
      flowOfCall.set(callId, flow as OpenFlow);
      return () => flowOfCall.delete(callId);
    },
  };
}

function keyOf(path: Path): string {
  return `${path.protocol}|${path.remote.address}|${path.remote.port}`;
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
