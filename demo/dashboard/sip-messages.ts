import type { SipMessage } from "../../src/telephony/sip/sip-ladder.ts";
import { after, type CallPlan } from "./plan-call.ts";

const REMOTE = { address: "192.0.2.10", port: 5_060 };
const LOCAL = "192.0.2.1";

/** The messages of a call by telephone, as a trunk would have sent and got them. */
export function sipMessages(plan: CallPlan, ours: string): SipMessage[] {
  if (plan.callerNumber === null) return [];
  const isOutbound = plan.story.direction === "outbound";
  const [from, to] = isOutbound ? [ours, plan.callerNumber] : [plan.callerNumber, ours];
  const message = (at: Date, isFromCaller: boolean, line: string, cseq: string): SipMessage => ({
    at: at.getTime(),
    direction: isFromCaller === isOutbound ? "out" : "in",
    protocol: "UDP",
    localAddress: LOCAL,
    remote: REMOTE,
    text: [
      line,
      `Via: SIP/2.0/UDP ${REMOTE.address}:5060;branch=z9hG4bK${plan.id.slice(-8)}${cseq.split(" ", 1)[0]}`,
      `From: <sip:${from}@${REMOTE.address}>;tag=${plan.id.slice(-6)}`,
      `To: <sip:${to}@${LOCAL}>`,
      `Call-ID: ${plan.id}`,
      `CSeq: ${cseq}`,
      "Content-Length: 0",
      "",
      "",
    ].join("\r\n"),
  });
  const { createdAt: began, answeredAt, endedAt } = plan;
  const invite = "1 INVITE";
  const start = [
    message(began, true, `INVITE sip:${to}@${LOCAL} SIP/2.0`, invite),
    message(after(began, 8), false, "SIP/2.0 100 Trying", invite),
  ];
  const ring = message(after(began, 24), false, "SIP/2.0 180 Ringing", invite);
  if (!answeredAt) {
    const status = plan.reason === "busy" ? "486 Busy Here" : "487 Request Terminated";
    const refused = message(endedAt, false, `SIP/2.0 ${status}`, invite);
    return plan.reason === "busy" ? [...start, refused] : [...start, ring, refused];
  }
  const isOurs = plan.reason !== "user_hangup";
  return [
    ...start,
    ring,
    message(answeredAt, false, "SIP/2.0 200 OK", invite),
    message(after(answeredAt, 31), true, `ACK sip:${to}@${LOCAL} SIP/2.0`, "1 ACK"),
    message(endedAt, isOurs === isOutbound, `BYE sip:${to}@${LOCAL} SIP/2.0`, "2 BYE"),
    message(after(endedAt, 12), isOurs !== isOutbound, "SIP/2.0 200 OK", "2 BYE"),
  ];
}
