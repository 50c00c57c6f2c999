import { parseArgs } from "node:util";
import { fuzzReaders } from "./fuzz-readers.ts";
import { fuzzSip } from "./fuzz-sip.ts";

const HELP = `npm run fuzz:sip -- [--messages 1000000] [--readers 250000] [--seed n]

Mutated SIP messages into a carrier's receive path, most as its socket's own event, some over the real socket and over
TCP, while genuine calls are placed between them; and mutated packets into the readers of RTP, telephone events, TCP
framing and SDP. Timers are virtual. Ends with 1, and prints the seed and the message, when something throws, a
rejection is not handled, a genuine call fails, or anything is left: legs, flows, timers, sockets.`;

const { values } = parseArgs({
  options: {
    messages: { type: "string", default: "1000000" },
    readers: { type: "string", default: "250000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const seed = Number(values.seed);
console.log(`seed ${seed}`);
const startedMs = performance.now();
const report = await fuzzSip({
  messages: Number(values.messages),
  seed,
  onProgress: (done) =>
    console.log(`  ${done} messages, ${((performance.now() - startedMs) / 1_000).toFixed(0)} s`),
});
const readerFailures = fuzzReaders({ count: Number(values.readers), seed });
for (const failure of [...report.failures, ...readerFailures]) console.log(failure);
const { failures, heapSlope, rssSlope, ...figures } = report;
console.log(figures);
const inKb = (bytes: number) => `${(bytes / 1_000).toFixed(2)} kB`;
console.log(`memory for each 1,000 messages: heap ${inKb(heapSlope)}, resident ${inKb(rssSlope)}`);
const isClean =
  failures.length === 0 &&
  readerFailures.length === 0 &&
  report.genuineCalls === report.genuineCallsPlaced &&
  report.legsLeft + report.timersLeft + report.socketsLeft + report.flowsLeft === 0;
console.log(isClean ? "clean" : `NOT clean; again with --seed ${seed}`);
process.exit(isClean ? 0 : 1);
