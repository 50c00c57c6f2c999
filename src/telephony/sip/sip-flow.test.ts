import { expect, test } from "vitest";
import { createManualClock } from "../../../test/harness/manual-clock.ts";
import { createFlow } from "./sip-flow.ts";
import type { Path, SipProtocol } from "./sip-path.ts";

const path = (protocol: SipProtocol, isOpen: boolean, written: string[] = []): Path => ({
  protocol,
  remote: { address: "192.0.2.1", port: 5060 },
  localAddress: () => Promise.resolve("192.0.2.2"),
  isOpen,
  write: (text) => void written.push(text),
  close: () => undefined,
});
const BYE = `BYE sip:peer@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKa\r\nCall-ID: c\r\nCSeq: 2 BYE\r\n\r\n`;

test("what is repeated is lost where its peer has gone over to a connection that is closed, and breaks nothing", async () => {
  const clock = createManualClock();
  const written: string[] = [];
  let tried = 0;
  const flow = createFlow({
    path: path("UDP", true, written),
    localAddress: "192.0.2.2",
    port: 5060,
    clock,
    onInvite: () => undefined,
    onRepeat: () => undefined,
    reopen() {
      tried++;
      return Promise.reject(new Error("nobody is there"));
    },
    trace: undefined,
  });
  const rejections: unknown[] = [];
  const onRejection = (error: unknown) => rejections.push(error);
  process.on("unhandledRejection", onRejection);
  flow.retransmission.send(BYE);
  flow.path = path("TCP", false);
  clock.advance(600);
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", onRejection);
  flow.stop();
  expect({ written, tried, rejections }).toEqual({ written: [BYE], tried: 1, rejections: [] });
});
