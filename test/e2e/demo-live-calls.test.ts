import { expect, test } from "vitest";
import { keepCalling } from "../../demo/dashboard/live-calls.ts";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import type { InboundLeg } from "../../src/telephony/carrier.ts";
import { isLoud } from "../harness/fake-media.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import { tone } from "../harness/tone.ts";

test("the demo's caller hangs up when the demo is ended, in the middle of a sentence too", async () => {
  const logger = createLogger({ level: "silent" });
  const { promise: called, resolve: onLeg } = Promise.withResolvers<InboundLeg>();
  const desk = createLocalCarrier({
    host: "127.0.0.1",
    port: 0,
    rtpPorts: { first: 23_700, last: 23_719 },
    onLeg,
    clock: systemClock,
    logger,
  });
  await desk.start();
  const calls = await keepCalling({ sipPort: desk.port, number: "+31850835037", logger });
  const leg = await called;
  const answer = await leg.answer();
  if (answer.outcome !== "answered") throw new Error("the caller was gone");
  const { media } = answer;
  const spoken = new Promise<void>((resolve) => media.onAudio((frame) => isLoud(frame) && resolve()));
  // As a greeting would be: the caller speaks after it.
  media.play(tone(440, 500));
  await spoken;
  await calls.stop();
  expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  await desk.stop();
});
