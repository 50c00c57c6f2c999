import type { OutgoingRequestDelegate, Session } from "sip.js/lib/core/index.js";
import { URI } from "sip.js/lib/grammar/index.js";
import { expect, test } from "vitest";
import { createManualClock } from "../../../test/harness/manual-clock.ts";
import { allowsRefer, readSipfrag, referTo, sendRefer } from "./refer.ts";

test.each([
  ["SIP/2.0 200 OK", 200],
  ["SIP/2.0 180 Ringing\r\n", 180],
  ["SIP/2.0 603 Declined\r\nContact: <sip:a@b>", 603],
  ["", undefined],
  ["HTTP/1.1 200 OK", undefined],
])("%j says %s", (body, status) => {
  expect(readSipfrag(body)).toBe(status);
});

test.each([
  ["+31201234567", "sip:+31201234567@10.0.0.1"],
  ["sip:desk@pbx.example", "sip:desk@pbx.example"],
  ["SIPS:desk@pbx.example", "SIPS:desk@pbx.example"],
])("%s is referred to as %s", (destination, uri) => {
  expect(referTo(destination, "10.0.0.1")).toBe(uri);
});

test.each<[string[], boolean]>([
  [[], true],
  [["INVITE, ACK, REFER"], true],
  [["INVITE,ACK,BYE", "refer"], true],
  [["INVITE, ACK, BYE, CANCEL"], false],
  [["INVITE, XREFER"], false],
  [[""], false],
])("Allow: %j takes REFER: %s", (allow, takesRefer) => {
  expect(allowsRefer(allow)).toBe(takesRefer);
});

// What the far end does, in order; `+` lets seconds pass.
type Step = "202" | "405" | "bye" | `+${number}` | `NOTIFY ${number}`;
test.each<[string, Step[], string]>([
  ["the destination answers", ["202", "NOTIFY 100", "NOTIFY 180", "NOTIFY 200"], "transferred"],
  ["it hangs up after a Trying, as many do", ["202", "NOTIFY 100", "bye"], "transferred"],
  ["it hangs up after accepting", ["202", "bye"], "transferred"],
  ["a NOTIFY overtakes the 202", ["NOTIFY 100", "bye"], "transferred"],
  ["it rings for a minute, but not longer", ["202", "+59", "NOTIFY 200"], "transferred"],
  ["it hangs up without having accepted", ["bye"], "failed: the caller hung up"],
  ["the destination is busy", ["202", "NOTIFY 100", "NOTIFY 486"], "failed: the destination answered 486"],
  ["the destination is not there", ["202", "NOTIFY 503"], "failed: the destination answered 503"],
  ["it accepts and is silent", ["202", "+60"], "failed: the destination did not answer in time"],
  [
    "it accepts and only tries",
    ["202", "NOTIFY 100", "+60"],
    "failed: the destination did not answer in time",
  ],
  ["it refuses", ["405"], "refused: the transfer was refused with 405"],
  ["it says nothing", ["+8"], "refused: the transfer was not answered"],
  ["it accepts when we have given up", ["+8", "202", "+60"], "refused: the transfer was not answered"],
])("%s", async (_sentence, steps, outcome) => {
  const clock = createManualClock();
  let delegate: OutgoingRequestDelegate | undefined;
  const session = {
    localURI: new URI("sip", "us", "127.0.0.1"),
    refer: (given: OutgoingRequestDelegate) => (delegate = given),
  } as unknown as Session;
  const referral = sendRefer({ session, clock, destination: "+31201234567", host: "127.0.0.1" });
  for (const step of steps) {
    const response = { message: { statusCode: Number(step) } } as never;
    if (step === "202") delegate?.onAccept?.(response);
    else if (step === "405") delegate?.onReject?.(response);
    else if (step === "bye") referral.legEnded();
    else if (step.startsWith("+")) clock.advance(Number(step) * 1_000);
    else referral.notified(`SIP/2.0 ${step.slice(7)} Whatever`);
  }
  const result = await referral.result;
  expect(result.outcome === "transferred" ? result.outcome : `${result.outcome}: ${result.detail}`).toBe(
    outcome,
  );
});
