import { beforeEach, describe, expect, test } from "vitest";
import { createManualClock, type ManualClock } from "../../../test/harness/manual-clock.ts";
import { createRetransmission, type Retransmission } from "./retransmission.ts";
import { summarize } from "./sip-text.ts";

let clock: ManualClock;
let sent: { text: string; atMs: number }[];
let layer: Retransmission;
beforeEach(() => {
  clock = createManualClock();
  sent = [];
  layer = createRetransmission({ clock, write: (text) => sent.push({ text, atMs: clock.monotonicMs() }) });
});

const headers = (method: string, branch: string) =>
  `Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK${branch}\r\nCall-ID: c\r\nCSeq: 1 ${method}\r\n\r\n`;
const request = (method: string, branch = "x", cseqMethod = method) =>
  `${method} sip:a@b SIP/2.0\r\n${headers(cseqMethod, branch)}`;
const response = (status: number, method: string, branch = "x") =>
  `SIP/2.0 ${status} Text\r\n${headers(method, branch)}`;
const receive = (text: string) => layer.receive(text, summarize(text)!);
const times = () => sent.map(({ atMs }) => atMs);

describe("a request of ours", () => {
  test("INVITE: timer A doubles until 64 × T1", () => {
    layer.send(request("INVITE"));
    clock.advance(60_000);
    expect(times()).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500, 31_500]);
    expect(layer.isIdle).toBe(true);
  });

  test("BYE: timer E doubles up to T2", () => {
    layer.send(request("BYE"));
    clock.advance(60_000);
    expect(times()).toEqual([0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
  });

  test.each([
    ["INVITE", 180, 1],
    ["INVITE", 200, 1],
    ["BYE", 200, 1],
  ])("%s is not repeated after %d", (method, status, count) => {
    layer.send(request(method));
    expect(receive(response(status, method))).toBe("new");
    clock.advance(60_000);
    expect(sent).toHaveLength(count);
  });

  test("a refusal that comes again is acknowledged again and absorbed", () => {
    layer.send(request("INVITE"));
    expect(receive(response(486, "INVITE"))).toBe("new");
    const ack = request("ACK", "x", "ACK");
    layer.send(ack);
    expect(receive(response(486, "INVITE"))).toBe("absorbed");
    expect(sent.at(-1)!.text).toBe(ack);
    expect(sent).toHaveLength(3);
  });
});

describe("a request that comes", () => {
  test("is absorbed when repeated, and answered as before", () => {
    expect(receive(request("INVITE"))).toBe("new");
    expect(receive(request("INVITE"))).toBe("absorbed");
    expect(sent).toEqual([]);
    layer.send(response(180, "INVITE"));
    expect(receive(request("INVITE"))).toBe("absorbed");
    expect(sent.map(({ text }) => text)).toEqual([response(180, "INVITE"), response(180, "INVITE")]);
    expect(layer.absorbed).toBe(2);
  });

  test("is remembered for 64 × T1 after its final response", () => {
    receive(request("BYE"));
    clock.advance(20_000);
    layer.send(response(200, "BYE"));
    clock.advance(31_000);
    expect(receive(request("BYE"))).toBe("absorbed");
    clock.advance(2_000);
    expect(layer.isIdle).toBe(true);
  });

  test("another branch, another transaction", () => {
    receive(request("INVITE", "a"));
    expect(receive(request("INVITE", "b"))).toBe("new");
    expect(receive(request("CANCEL", "a"))).toBe("new");
  });

  test("a refused INVITE: timer G repeats the refusal until the ACK", () => {
    receive(request("INVITE"));
    layer.send(response(404, "INVITE"));
    clock.advance(2_000);
    expect(times()).toEqual([0, 500, 1_500]);
    expect(receive(request("ACK", "x", "ACK"))).toBe("new");
    clock.advance(60_000);
    expect(sent).toHaveLength(3);
  });

  test("an accepted INVITE is left to SIP.js", () => {
    receive(request("INVITE"));
    layer.send(response(200, "INVITE"));
    clock.advance(10_000);
    expect(sent).toHaveLength(1);
  });
});
