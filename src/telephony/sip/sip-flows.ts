import type { Flow } from "./sip-flow.ts";
import { readTags, type SipSummary } from "./sip-text.ts";
import type { Path, Remote, SipProtocol } from "./sip-path.ts";

/**
 * Which flow a message belongs to, and how long a flow is kept. A flow is in use while it has a dialog, a bound call or
 * a transaction that is remembered still; after that it is forgotten once it has been silent for a minute.
 */
export interface SipFlows {
  /** The flow that a message belongs to. @returns undefined: it is the first from there */
  find(text: string, summary: SipSummary, path: Path): Flow | undefined;
  /** The flow of the call that a message belongs to, with the right tags. */
  ofCall(text: string, summary: SipSummary, path: Path): Flow | undefined;
  add(path: Path, flow: Flow): void;
  at(to: FlowAddress): Flow | undefined;
  /** Messages inside this call belong to this flow, whichever way they come. @returns ends that */
  bindCall(callId: string, flow: Flow): () => void;
  isInUse(flow: Flow): boolean;
  sweep(nowMs: number): void;
  readonly size: number;
  stop(): void;
}

export interface FlowAddress {
  protocol: SipProtocol;
  remote: Remote;
}

interface BoundCall {
  flow: Flow;
  endedAtMs: number | undefined;
}

const IDLE_AFTER_MS = 60_000;
/** 64 × T1: the answer to our BYE, and the peer's repeats, may come for this long after a call is over */
const CALL_LINGERS_MS = 32_000;
/** About 10 kB each. Beyond it the one that has been silent longest goes: a scanner must not fill the memory. */
const MOST_FLOWS = 5_000;

export function createSipFlows(now: () => number): SipFlows {
  /** by protocol and address; the one used last is last */
  const flows = new Map<string, Flow>();
  const calls = new Map<string, BoundCall>();

  const isBound = (flow: Flow) => [...calls.values()].some((call) => call.flow === flow);
  const isInUse = (flow: Flow) => flow.core.dialogs.size > 0 || isBound(flow);

  /** The one silent longest that carries no call. */
  function makeRoom(): void {
    for (const [key, flow] of flows) {
      if (isInUse(flow)) continue;
      flow.stop();
      flows.delete(key);
      return;
    }
  }

  /**
   * A request inside a call may come by another way than the call did: a TCP connection opened anew, a NAT that has
   * changed its port. It goes to the flow that knows the dialog, and what we send goes the new way from then on. The
   * tags have to be right: who knows the Call-ID alone must not turn our messages to himself.
   */
  function ofCall(text: string, summary: SipSummary, path: Path): Flow | undefined {
    const owner = calls.get(summary.callId)?.flow;
    if (!owner || !summary.method) return owner;
    const { toTag, fromTag } = readTags(text);
    if (!toTag || !owner.core.dialogs.has(`${summary.callId}${toTag}${fromTag ?? ""}`)) return undefined;
    owner.path = path;
    return owner;
  }

  return {
    ofCall,
    find(text, summary, path) {
      const owner = ofCall(text, summary, path);
      if (owner) return owner;
      const known = flows.get(keyOf(path));
      if (known) {
        known.path = path;
        flows.delete(keyOf(path));
        flows.set(keyOf(path), known);
      }
      return known;
    },
    add(path, flow) {
      if (flows.size >= MOST_FLOWS) makeRoom();
      flows.set(keyOf(path), flow);
    },
    at: (to) => flows.get(keyOf(to)),
    bindCall(callId, flow) {
      // The first keeps it: a Call-ID that comes again from elsewhere is a mistake or an attack.
      const known = calls.get(callId);
      if (known && known.endedAtMs === undefined) return () => undefined;
      const call: BoundCall = { flow, endedAtMs: undefined };
      calls.set(callId, call);
      return () => (call.endedAtMs = now());
    },
    isInUse,
    sweep(nowMs) {
      for (const [callId, { endedAtMs }] of calls) {
        if (endedAtMs !== undefined && nowMs - endedAtMs > CALL_LINGERS_MS) calls.delete(callId);
      }
      const bound = new Set([...calls.values()].map(({ flow }) => flow));
      for (const [key, flow] of flows) {
        flow.forgetBrokenDialogs();
        const isIdle = flow.retransmission.isIdle && flow.core.dialogs.size === 0 && !bound.has(flow);
        if (!isIdle || nowMs - flow.lastUsedMs <= IDLE_AFTER_MS) continue;
        flow.stop();
        flows.delete(key);
      }
    },
    get size() {
      return flows.size;
    },
    stop() {
      for (const flow of flows.values()) flow.stop();
      flows.clear();
      calls.clear();
    },
  };
}

/** A connection that was proved to lead to one name is not used for another at the same address. */
export function keyOf({ protocol, remote }: FlowAddress): string {
  return `${protocol}|${remote.address}|${remote.port}|${remote.serverName ?? ""}`;
}
