import { Counter, type Registry } from "prom-client";
import type { AdmissionCounters } from "./admission.ts";
import type { SipCounters } from "./sip-endpoint.ts";

/** What the SIP side shows to Prometheus, read when it is asked for. */
export function registerSipMetrics(
  registry: Registry,
  sip: { counters: SipCounters; admission: AdmissionCounters },
): void {
  const counter = (name: string, help: string, values: () => Record<string, number>) => {
    registry.registerMetric(
      new Counter({
        name,
        help,
        labelNames: ["outcome"],
        registers: [],
        collect() {
          // The counts are kept elsewhere; Prometheus' client can only add.
          this.reset();
          for (const [outcome, count] of Object.entries(values())) this.inc({ outcome }, count);
        },
      }),
    );
  };
  counter(
    "switchhook_sip_unknown_sources_total",
    "Requests from addresses that are no trunk's: refused (403), challenged (401), dropped without an answer.",
    () => ({ ...sip.admission }),
  );
  counter(
    "switchhook_sip_messages_total",
    "SIP messages that were not simply dealt with, and INVITEs.",
    () => {
      const { malformed, absorbed, repeated, refused, invites, strayResponses } = sip.counters;
      return { malformed, absorbed, repeated, refused, invite: invites, stray: strayResponses };
    },
  );
}
