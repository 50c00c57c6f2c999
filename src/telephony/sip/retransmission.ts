import type { Clock } from "../../clock.ts";
import { summarize, type SipSummary } from "./sip-text.ts";

/**
 * What SIP.js leaves out and UDP needs (RFC 3261, 17): timers A, E and G, and remembering finished transactions for as
 * long as their messages may be repeated (D, I, J, K). It stands between the socket and SIP.js:
 *
 * - a request of ours is sent again until it is answered (A: doubling; E: doubling up to T2);
 * - a final refusal of an INVITE is sent again until its ACK comes (G); a 2xx is SIP.js's own business (13.3.1.4);
 * - a request that comes again is answered with what it was answered before and goes no further;
 * - a refusal of our INVITE that comes again is acknowledged again and goes no further.
 */
export interface Retransmission {
  /** Call for each message that arrives. `absorbed`: it was a repeat and has been dealt with. */
  receive(text: string, summary: SipSummary): "new" | "absorbed";
  /** Call for each message that leaves; it is sent by this call. */
  send(text: string): void;
  readonly absorbed: number;
  /** Whether a transaction is remembered still: the flow must not be forgotten while it is. */
  readonly isIdle: boolean;
  stop(): void;
}

/** RFC 3261, 17.1.1.1 */
const T1_MS = 500;
const T2_MS = 4_000;
/** 64 × T1: how long a message may wander about, and a transaction has to be remembered */
const LIFETIME_MS = 64 * T1_MS;

interface Transaction {
  lastResponse?: string;
  ack?: string;
  stopSending?: () => void;
  stopForgetting: () => void;
}

export function createRetransmission(options: {
  clock: Clock;
  write: (text: string) => void;
  /** told of each message that goes out once more */
  onRepeat?: () => void;
}): Retransmission {
  const servers = new Map<string, Transaction>();
  const clients = new Map<string, Transaction>();
  let absorbed = 0;

  function remember(table: Map<string, Transaction>, key: string): Transaction {
    table.get(key)?.stopForgetting();
    const stopForgetting = options.clock.after(LIFETIME_MS, () => {
      table.get(key)?.stopSending?.();
      table.delete(key);
    });
    const transaction: Transaction = { ...table.get(key), stopForgetting };
    table.set(key, transaction);
    return transaction;
  }

  /** Sends again after T1, 2·T1, 4·T1…, at most `longestMs` apart, until stopped or forgotten. */
  function repeat(transaction: Transaction, text: string, longestMs: number): void {
    let delayMs = T1_MS;
    const schedule = () => {
      transaction.stopSending = options.clock.after(delayMs, () => {
        options.onRepeat?.();
        options.write(text);
        delayMs = Math.min(delayMs * 2, longestMs);
        schedule();
      });
    };
    schedule();
  }

  function receiveRequest(summary: SipSummary): "new" | "absorbed" {
    // The ACK of a refusal belongs to the INVITE's transaction; that of a 2xx has a branch of its own and passes.
    if (summary.method === "ACK") {
      servers.get(keyOf(summary, "INVITE"))?.stopSending?.();
      return "new";
    }
    const key = keyOf(summary, summary.method!);
    const known = servers.get(key);
    if (!known) {
      remember(servers, key);
      return "new";
    }
    absorbed++;
    if (known.lastResponse !== undefined) options.write(known.lastResponse);
    return "absorbed";
  }

  function receiveResponse(summary: SipSummary): "new" | "absorbed" {
    const known = clients.get(keyOf(summary, summary.cseqMethod));
    if (!known) return "new";
    const isFinal = summary.statusCode! >= 200;
    // A provisional answer ends timer A (17.1.1.2); timer E goes on until the final one (17.1.2.2).
    if (isFinal || summary.cseqMethod === "INVITE") known.stopSending?.();
    if (summary.cseqMethod === "INVITE" && summary.statusCode! >= 300 && known.ack !== undefined) {
      absorbed++;
      options.write(known.ack);
      return "absorbed";
    }
    return "new";
  }

  return {
    receive: (_text, summary) => (summary.method ? receiveRequest(summary) : receiveResponse(summary)),
    send(text) {
      options.write(text);
      const summary = summarize(text);
      if (!summary) return;
      if (summary.method === "ACK") {
        const known = clients.get(keyOf(summary, "INVITE"));
        if (known) known.ack = text;
      } else if (summary.method) {
        const transaction = remember(clients, keyOf(summary, summary.method));
        repeat(transaction, text, summary.method === "INVITE" ? LIFETIME_MS : T2_MS);
      } else {
        const known = servers.get(keyOf(summary, summary.cseqMethod));
        if (!known) return;
        known.lastResponse = text;
        if (summary.statusCode! >= 200) {
          // The transaction's memory counts from its final response.
          const transaction = remember(servers, keyOf(summary, summary.cseqMethod));
          if (summary.cseqMethod === "INVITE" && summary.statusCode! >= 300) repeat(transaction, text, T2_MS);
        }
      }
    },
    get absorbed() {
      return absorbed;
    },
    get isIdle() {
      return servers.size === 0 && clients.size === 0;
    },
    stop() {
      for (const transaction of [...servers.values(), ...clients.values()]) {
        transaction.stopSending?.();
        transaction.stopForgetting();
      }
      servers.clear();
      clients.clear();
    },
  };
}

function keyOf(summary: SipSummary, method: string): string {
  return `${summary.transaction}|${method}`;
}
