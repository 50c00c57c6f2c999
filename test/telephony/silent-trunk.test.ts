import { afterEach, expect, test, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import { createSipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { createRawSipPeer, rawResponse } from "../harness/raw-sip-peer.ts";

// SIP.js keeps time by Node's own timers: here they are told what time it is, so that 32 s (64 × T1) need not pass.

afterEach(() => vi.useRealTimers());

test.each([
  ["from which nothing comes", undefined, { statusCode: 408, isSilent: true }],
  ["that says itself that nobody answered in time", "408 Request Timeout", { statusCode: 408 }],
])("a trunk %s", async (_what, status, expected) => {
  const peer = await createRawSipPeer();
  const caller = createSipCaller({
    host: "127.0.0.1",
    rtpPorts: { first: 21_540, last: 21_549 },
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
  });
  await caller.start();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const leg = await caller.placeCall({
    to: "+31850835037",
    from: "+31612345678",
    trunk: { address: "127.0.0.1", port: peer.port, protocol: "UDP" },
  });
  const invite = await peer.waitFor(/^INVITE/);
  if (status) peer.reply(rawResponse(invite, peer, { status, toTag: "trunk" }));
  else vi.advanceTimersByTime(32_500);
  expect(await leg.answered).toEqual({ outcome: "failed", ...expected });
  vi.useRealTimers();
  await caller.stop();
  await peer.close();
});
