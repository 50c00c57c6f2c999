import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "../../../src/clock.ts";
import { createLogger } from "../../../src/logger.ts";
import type { InboundLeg, LegEnd } from "../../../src/telephony/carrier.ts";
import { createSipCaller } from "../../../src/telephony/sip/sip-caller.ts";
import { createLocalCarrier } from "../../harness/local-carrier.ts";
import { startLossyProxy } from "../../harness/lossy-proxy.ts";

export interface LossReport {
  calls: number;
  /** answered at both ends */
  connected: number;
  /** over at both ends, for the reason that one of them hung up */
  ended: number;
  /** what became of the others, one line each */
  failures: string[];
  passed: number;
  dropped: number;
  /** the longest from INVITE to 200, and from hanging up to the other end's knowing of it, ms */
  slowestAnswerMs: number;
  slowestEndMs: number;
}

/** Each caller is a SIP peer of its own; a trunk would be one. */
const CALLERS = 10;
const TALK_MS = 200;

/**
 * Calls between our own caller and our own carrier through a proxy that loses datagrams of the signalling, each way.
 * Every other call is ended by the called side.
 */
export async function runLossyCalls(options: {
  calls: number;
  perSecond: number;
  loss: number;
  seed: number;
}): Promise<LossReport> {
  const logger = createLogger({ level: "silent" });
  const legs = new Map<string, InboundLeg>();
  const carrier = createLocalCarrier({
    host: "127.0.0.1",
    port: 0,
    rtpPorts: { first: 40_000, last: 44_999 },
    clock: systemClock,
    logger,
    onLeg(leg) {
      legs.set(leg.carrierCallId, leg);
      leg.ring();
      void leg.answer();
    },
  });
  await carrier.start();
  const proxy = await startLossyProxy({ serverPort: carrier.port, loss: options.loss, seed: options.seed });
  const callers = Array.from({ length: CALLERS }, (_, index) =>
    createSipCaller({
      host: "127.0.0.1",
      rtpPorts: { first: 45_000 + index * 500, last: 45_499 + index * 500 },
      clock: systemClock,
      logger,
    }),
  );
  await Promise.all(callers.map((caller) => caller.start()));
  const report: LossReport = {
    calls: options.calls,
    connected: 0,
    ended: 0,
    failures: [],
    passed: 0,
    dropped: 0,
    slowestAnswerMs: 0,
    slowestEndMs: 0,
  };

  async function call(index: number): Promise<void> {
    const startedMs = performance.now();
    const outbound = await callers[index % CALLERS]!.placeCall({
      to: "+31850835037",
      from: "+31612345678",
      trunk: { address: "127.0.0.1", port: proxy.port, protocol: "UDP" },
    });
    const answered = await outbound.answered;
    const inbound = legs.get(outbound.carrierCallId);
    if (answered.outcome === "failed" || !inbound) {
      report.failures.push(`call ${index} was not answered: ${JSON.stringify(answered)}`);
      return;
    }
    const picked = await inbound.answer();
    if (picked.outcome !== "answered") {
      report.failures.push(`call ${index} was never acknowledged`);
      return;
    }
    report.connected++;
    report.slowestAnswerMs = Math.max(report.slowestAnswerMs, performance.now() - startedMs);
    await sleep(TALK_MS);
    const isOurs = index % 2 === 0;
    const hangingUpMs = performance.now();
    void (isOurs ? outbound : inbound).hangUp();
    const ends = await Promise.all([outbound.ended, inbound.ended]);
    const expected: LegEnd["cause"][] = isOurs ? ["local", "remote-hangup"] : ["remote-hangup", "local"];
    const causes = ends.map(({ cause }) => cause);
    if (causes.join() === expected.join()) report.ended++;
    else report.failures.push(`call ${index} ended as ${causes.join()} and not ${expected.join()}`);
    report.slowestEndMs = Math.max(report.slowestEndMs, performance.now() - hangingUpMs);
  }

  try {
    const calls: Promise<void>[] = [];
    for (let index = 0; index < options.calls; index++) {
      calls.push(call(index));
      await sleep(1_000 / options.perSecond);
    }
    await Promise.all(calls);
    return { ...report, passed: proxy.passed, dropped: proxy.dropped };
  } finally {
    await Promise.all(callers.map((caller) => caller.stop()));
    await carrier.stop();
    await proxy.close();
  }
}
