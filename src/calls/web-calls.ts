import { toError } from "../errors.ts";
import type { JoinClaims } from "../web-calls/join-token.ts";
import type { JoinAdmission, WebCallPorts } from "../web-calls/web-carrier.ts";
import type { ActiveCalls } from "./active-calls.ts";
import { carryWebCall, recordWebCall, type JoinedCallPorts } from "./web-call.ts";
import { claimWebCall, JOIN_WITHIN_MS } from "./web-call-store.ts";
import type { WebCallRoutesOptions } from "./web-call-routes.ts";
import type { Call } from "./call.ts";

/** Web calls from the making of their token to a browser's joining, which may be at another process. */
export interface WebCalls {
  openCall: WebCallRoutesOptions["openCall"];
  /** for the carrier: who may come in, and what happens then */
  carrierPorts: WebCallPorts;
}

export function createWebCalls(options: {
  ports: JoinedCallPorts;
  activeCalls: ActiveCalls;
  hasRoom: () => boolean;
  issueToken: (claims: JoinClaims) => Promise<string>;
  serverUrl: (requestedUrl: string) => string;
}): WebCalls {
  const { ports, activeCalls, issueToken } = options;
  /** taken up, and about to get their leg */
  const claimed = new Map<string, Call>();

  async function admit({ callId }: JoinClaims): Promise<JoinAdmission> {
    const refused = (statusCode: 404 | 409 | 410 | 503, message: string) =>
      ({ outcome: "refused", statusCode, message }) as const;
    if (activeCalls.isClosed) return refused(503, "The server is being stopped. Try again in a moment.");
    try {
      const claim = await claimWebCall(ports.db, callId, ports.nodeId);
      switch (claim.outcome) {
        case "claimed":
          claimed.set(callId, claim.call);
          return { outcome: "admitted" };
        case "unknown":
          return refused(404, "There is no such call.");
        case "taken":
          return refused(409, "The call has been joined already. A token is good for one browser.");
        case "over":
          return refused(410, "The call is over. Ask for a new one.");
      }
    } catch (error) {
      ports.logger.error({ err: toError(error), call_id: callId }, "a web call could not be looked up");
      return refused(503, "The call could not be looked up. Try again in a moment.");
    }
  }

  return {
    async openCall({ requestedUrl, ...order }) {
      if (activeCalls.isClosed) return { outcome: "stopping" };
      if (!options.hasRoom()) return { outcome: "busy" };
      const { id: callId, createdAt } = await recordWebCall(order, ports);
      const expiresAt = new Date(createdAt.getTime() + JOIN_WITHIN_MS);
      const token = await issueToken({ callId, identity: "caller", expiresAt });
      return { outcome: "opened", callId, token, expiresAt, serverUrl: options.serverUrl(requestedUrl) };
    },
    carrierPorts: {
      admit,
      onLeg(leg, { callId }) {
        const call = claimed.get(callId);
        claimed.delete(callId);
        if (call) activeCalls.carry((stop) => carryWebCall(leg, call, ports, stop));
        else leg.reject("There is no such call.");
      },
    },
  };
}
