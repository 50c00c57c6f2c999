import { expect, test } from "vitest";
import { runLossyCalls } from "./loss/lossy-calls.ts";

// `npm run test:loss` does it a thousand times.
test(
  "30 calls are set up and ended although a fifth of the datagrams is lost",
  { timeout: 120_000 },
  async () => {
    const report = await runLossyCalls({ calls: 30, perSecond: 30, loss: 0.2, seed: 7 });
    expect(report.failures).toEqual([]);
    expect(report).toMatchObject({ connected: 30, ended: 30 });
    // The proxy did its part: a share of two hundred datagrams that is far from none.
    expect(report.dropped / (report.dropped + report.passed)).toBeGreaterThan(0.1);
  },
);
