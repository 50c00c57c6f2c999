import { LoggerFactory, UserAgentCore, type IncomingInviteRequest } from "sip.js/lib/core/index.js";
import { URI } from "sip.js/lib/grammar/index.js";
import type { Clock } from "../../clock.ts";
import { createRetransmission, type Retransmission } from "./retransmission.ts";
import { nextHopOf } from "./sip-text.ts";
import type { Path } from "./sip-transport.ts";

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

/** Every message, as it is on the wire: for the ladder that people look at. */
export type TraceSip = (direction: "in" | "out", text: string) => void;

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
  /** a new connection, where the old one is gone; rejects when nobody is there */
  reopen: (remote: { address: string; port: number }) => Promise<Path>;
  trace: TraceSip | undefined;
}): Flow {
  const { clock, localAddress } = options;
  const hostPort = localAddress.includes(":") ? `[${localAddress}]` : localAddress;
  const uriParameters = options.path.protocol === "TCP" ? { transport: "tcp" } : {};
  const uri = new URI("sip", USER, hostPort, options.port, uriParameters);
  const contact = { uri, pubGruu: undefined, tempGruu: undefined, toString: () => `<${uri.toString()}>` };
  const retransmission = createRetransmission({ clock, write, onRepeat: options.onRepeat });

  function send(text: string): void {
    flow.lastUsedMs = clock.monotonicMs();
    if (flow.path.protocol === "UDP") retransmission.send(text);
    else write(text);
  }

  function write(text: string): void {
    if (flow.path.isOpen) {
      options.trace?.("out", text);
      flow.path.write(text);
    } else {
      reopenFor(text);
    }
  }

  /**
   * A TCP connection may be closed between the messages of a call (RFC 3261, 18): a request goes to where its Route or
   * Contact says. A response has nowhere to go, and the peer asks again.
   */
  function reopenFor(text: string): void {
    const hop = nextHopOf(text);
    if (!hop) return;
    void options.reopen(hop).then(
      (path) => {
        flow.path = path;
        options.trace?.("out", text);
        path.write(text);
      },
      // Nobody there: the transaction's timer runs out, as for any message that is lost.
      () => undefined,
    );
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
        send(text: string) {
          send(text);
          return Promise.resolve();
        },
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
    },
  };
  return flow;
}
