import { Gauge, type Registry } from "prom-client";
import type { WorkerState } from "./capacity.ts";

const MS_PER_SECOND = 1_000;

/** What the workers show to Prometheus, read when it is asked for. */
export function registerWorkerMetrics(
  registry: Registry,
  pool: { readonly workers: readonly WorkerState[] },
): void {
  const gauge = (name: string, help: string, valueOf: (worker: WorkerState) => number | undefined) => {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: ["worker"],
        registers: [],
        collect() {
          this.reset();
          for (const [worker, state] of pool.workers.entries()) {
            const value = valueOf(state);
            if (value !== undefined) this.set({ worker: String(worker) }, value);
          }
        },
      }),
    );
  };
  gauge("switchhook_call_worker_ready", "1 while the worker process takes calls.", ({ isReady }) =>
    Number(isReady),
  );
  gauge("switchhook_call_worker_legs", "Legs whose audio the worker carries.", ({ legs }) => legs);
  gauge(
    "switchhook_call_worker_audio_lateness_seconds",
    "How late audio left, of the last second, 99th percentile.",
    ({ load }) => load && load.audioLatenessP99Ms / MS_PER_SECOND,
  );
  gauge(
    "switchhook_call_worker_loop_delay_seconds",
    "How long work waited for its turn, of the last second, 99th percentile.",
    ({ load }) => load && load.loopDelayP99Ms / MS_PER_SECOND,
  );
}
