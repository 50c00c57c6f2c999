import { LoggerFactory, UserAgentCore, type IncomingInviteRequest } from "sip.js/lib/core/index.js";
import { URI } from "sip.js/lib/grammar/index.js";
import type { Clock } from "../../clock.ts";
import { createRetransmission, type Retransmission } from "./retransmission.ts";
import { nextHopOf } from "./sip-text.ts";
import type { Path, Remote, SipProtocol } from "./sip-path.ts";
import { sipToTel } from "./tel-uri.ts";

/** One peer as SIP.js sees it: a user agent core of its own, because SIP.js's transport has no destination. */
export interface Flow {
  readonly core: UserAgentCore;
  /** address of ours that goes into Contact and SDP */
  readonly localAddress: string;
  readonly retransmission: Retransmission;
  /** where it is sent to now; a peer may come back by another connection or port */
  path: Path;
  lastUsedMs: number;
  /**
   * SIP.js keeps a dialog that could not be made (an INVITE whose headers parse and make none): it would keep the flow
   * and repeat its answer for ever, and throw when the flow is stopped.
   */
  forgetBrokenDialogs(): void;
  stop(): void;
}

/** Every message, as it is on the wire, repeats too: for the ladder that people look at. */
export type TraceSip = (
  direction: "in" | "out",
  text: string,
  way: { protocol: SipProtocol; localAddress: string; remote: Remote },
) => void;

/** The user part of our own URI. It names no number: SIP.js compares it with each request's, see `receive`. */
export const USER = "switchhook";

// SIP.js prints by itself otherwise. Its warnings carry numbers and addresses; our counters say what matters.
export const silentLoggers = new LoggerFactory();
silentLoggers.builtinEnabled = false;

export function createFlow(options: {
  path: Path;
  localAddress: string;
  port: number;
  clock: Clock;
  onInvite: (request: IncomingInviteRequest, flow: Flow) => void;
  onRepeat: () => void;
  /** we went there: a connection that is lost is opened again to the same place, and closed with the flow */
  isOurs?: boolean;
  /** a new connection, where the old one is gone; rejects when nobody is there */
  reopen: (remote: Remote) => Promise<Path>;
  trace: TraceSip | undefined;
}): Flow {
  const { clock, localAddress } = options;
  const hostPort = localAddress.includes(":") ? `[${localAddress}]` : localAddress;
  const uriParameters = transportParameter(options.path.protocol);
  const uri = new URI("sip", USER, hostPort, options.port, uriParameters);
  const contact = { uri, pubGruu: undefined, tempGruu: undefined, toString: () => `<${uri.toString()}>` };
  let reopening: Promise<Path> | undefined;
  const retransmission = createRetransmission({
    clock,
    // What is repeated finds nobody when its peer has gone over to a connection that is closed since: the transaction's
    // own time says so to who waits for it. A rejection here would be nobody's.
    write: (text) => void write(text).catch(() => undefined),
    onRepeat: options.onRepeat,
  });

  /** @throws Error when it is a request, its connection is gone and no other can be opened: a 503 to who sends it (RFC 3261, 8.1.3.1) */
  async function send(text: string): Promise<void> {
    flow.lastUsedMs = clock.monotonicMs();
    if (flow.path.protocol === "UDP") retransmission.send(text);
    else await write(text);
  }

  async function write(text: string): Promise<void> {
    if (!flow.path.isOpen) {
      // A response has nowhere to go, and the peer asks again.
      const hop = nextHopOf(text);
      if (!hop) return;
      flow.path = await reopen(options.isOurs ? options.path.remote : hop);
    }
    options.trace?.("out", text, { protocol: flow.path.protocol, localAddress, remote: flow.path.remote });
    flow.path.write(text);
  }

  /**
   * A connection may be closed between the messages of a call (RFC 3261, 18): a request goes to where its Route or
   * Contact says, or to the trunk that we had connected to. Once for all that is waiting to be sent.
   */
  function reopen(remote: Remote): Promise<Path> {
    reopening ??= options.reopen(remote).finally(() => (reopening = undefined));
    return reopening;
  }

  const core = new UserAgentCore(
    {
      aor: uri,
      contact,
      displayName: "",
      loggerFactory: silentLoggers,
      hackViaTcp: false,
      routeSet: [],
      sipjsId: USER,
      supportedOptionTags: [],
      supportedOptionTagsResponse: [],
      userAgentHeaderFieldValue: "Switchhook",
      viaForceRport: true,
      viaHost: `${hostPort}:${options.port}`,
      authenticationFactory: () => undefined,
      transportAccessor: () => ({
        protocol: flow.path.protocol,
        send: (text) => send(sipToTel(text)),
      }),
    },
    { onInvite: (request) => options.onInvite(request, flow) },
  );
  const flow: Flow = {
    core,
    localAddress,
    retransmission,
    path: options.path,
    lastUsedMs: clock.monotonicMs(),
    forgetBrokenDialogs() {
      for (const [id, dialog] of core.dialogs) {
        // The last thing that its constructor sets.
        if ("logger" in dialog) continue;
        core.dialogs.delete(id);
        clearTimeout((dialog as { invite2xxTimer?: NodeJS.Timeout }).invite2xxTimer);
      }
    },
    stop() {
      flow.forgetBrokenDialogs();
      core.dispose();
      retransmission.stop();
      if (options.isOurs) flow.path.close();
    },
  };
  return flow;
}

/** What a URI says of the transport (RFC 3261, 19.1.1). UDP is what it means without. */
export function transportParameter(protocol: SipProtocol): { transport?: string } {
  return protocol === "UDP" ? {} : { transport: protocol.toLowerCase() };
}
