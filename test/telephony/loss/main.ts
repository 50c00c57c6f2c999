import { parseArgs } from "node:util";
import { runLossyCalls } from "./lossy-calls.ts";

const HELP = `npm run test:loss -- [--calls 1000] [--loss 0.2] [--per-second 25] [--seed 1]

Calls over real sockets through a UDP proxy that drops a share of the signalling's datagrams, each way. The timers of
RFC 3261 are the real ones, so 1,000 calls take about a minute and a half. Ends with 1 unless every call was answered
and ended at both ends. What is dropped follows the seed; which message that is depends on the machine's timing.`;

const { values } = parseArgs({
  options: {
    calls: { type: "string", default: "1000" },
    loss: { type: "string", default: "0.2" },
    "per-second": { type: "string", default: "25" },
    seed: { type: "string", default: "1" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const startedMs = performance.now();
const report = await runLossyCalls({
  calls: Number(values.calls),
  loss: Number(values.loss),
  perSecond: Number(values["per-second"]),
  seed: Number(values.seed),
});
for (const failure of report.failures.slice(0, 20)) console.log(failure);
const { passed, dropped } = report;
console.log(
  `${report.connected} of ${report.calls} calls set up, ${report.ended} ended, seed ${values.seed}; ` +
    `${dropped} of ${passed + dropped} datagrams dropped; slowest answer ${(report.slowestAnswerMs / 1_000).toFixed(1)} s, ` +
    `slowest end ${(report.slowestEndMs / 1_000).toFixed(1)} s; ${((performance.now() - startedMs) / 1_000).toFixed(0)} s in all`,
);
process.exit(report.ended === report.calls ? 0 : 1);
