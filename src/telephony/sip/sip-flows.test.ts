import { afterEach, beforeEach, expect, test } from "vitest";
import { createManualClock, type ManualClock } from "../../../test/harness/manual-clock.ts";
import { createFlow, type Flow } from "./sip-flow.ts";
import { createSipFlows, type SipFlows } from "./sip-flows.ts";
import { summarize } from "./sip-text.ts";
import type { Path } from "./sip-path.ts";

let clock: ManualClock;
let flows: SipFlows;
beforeEach(() => {
  clock = createManualClock();
  flows = createSipFlows(() => clock.monotonicMs());
});
afterEach(() => flows.stop());

const pathTo = (port: number): Path => ({
  protocol: "UDP",
  remote: { address: "192.0.2.1", port },
  localAddress: () => Promise.resolve("192.0.2.9"),
  isOpen: true,
  write: () => undefined,
  close: () => undefined,
});

function add(port: number): Flow {
  const path = pathTo(port);
  const flow = createFlow({
    path,
    localAddress: "192.0.2.9",
    port: 5_060,
    clock,
    onInvite: () => undefined,
    onRepeat: () => undefined,
    reopen: () => Promise.reject(new Error("not over UDP")),
    trace: undefined,
  });
  flows.add(path, flow);
  return flow;
}

const messageOf = (callId: string, startLine = "SIP/2.0 200 OK") =>
  `${startLine}\r\nVia: SIP/2.0/UDP x;branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=f\r\nTo: <sip:c@d>;tag=t\r\nCall-ID: ${callId}\r\nCSeq: 1 BYE\r\n\r\n`;
const find = (text: string, port: number) => flows.find(text, summarize(text)!, pathTo(port));

test("forgets a flow after a minute of silence, but not one with a call or a remembered transaction", () => {
  add(1);
  const withCall = add(2);
  const withTransaction = add(3);
  const unbind = flows.bindCall("call", withCall);
  clock.advance(59_000);
  withTransaction.retransmission.receive("", summarize(messageOf("x", "BYE sip:a SIP/2.0"))!);
  clock.advance(2_000);
  flows.sweep(clock.monotonicMs());
  expect(flows.size).toBe(2);
  unbind();
  clock.advance(33_000);
  flows.sweep(clock.monotonicMs());
  expect(flows.size).toBe(0);
});

test("an answer belongs to its call's flow whichever way it comes; a request only with the right tags", () => {
  const flow = add(1);
  const other = add(2);
  flows.bindCall("call", flow);
  expect(find(messageOf("call"), 2)).toBe(flow);
  expect(find(messageOf("call", "BYE sip:a SIP/2.0"), 2)).toBe(other);
  expect(flow.path.remote.port).toBe(1);
  expect(find(messageOf("another"), 3)).toBeUndefined();
});

test("a Call-ID that comes again from elsewhere does not take the first one's place", () => {
  const flow = add(1);
  flows.bindCall("call", flow);
  flows.bindCall("call", add(2))();
  expect(find(messageOf("call"), 2)).toBe(flow);
});

test("a scanner with many ports drives out the oldest, never one with a call", () => {
  const withCall = add(1);
  flows.bindCall("call", withCall);
  for (let port = 2; port < 5_100; port++) add(port);
  expect(flows.size).toBe(5_000);
  expect(find(messageOf("x"), 1)).toBe(withCall);
  expect(find(messageOf("x"), 2)).toBeUndefined();
  expect(find(messageOf("x"), 5_099)).toBeDefined();
});
