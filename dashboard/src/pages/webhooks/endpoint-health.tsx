import type { Wire } from "../../api/wire.ts";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { useEndpointWords } from "./endpoint-words.ts";

type Endpoint = Wire<"WebhookEndpoint">;
export type Health = "healthy" | "failing" | "resting" | "probing" | "disabled";

export function healthOf(endpoint: Endpoint): Health {
  if (!endpoint.is_enabled) return "disabled";
  if (endpoint.breaker === "half-open") return "probing";
  if (endpoint.breaker === "open") return "resting";
  return endpoint.consecutive_failures > 0 ? "failing" : "healthy";
}

const TONES = { healthy: "good", failing: "warn", resting: "bad", probing: "warn", disabled: "bad" } as const;

/** In words: "Resting until 14:05, 12 failures in a row". */
export function EndpointHealth({ endpoint }: { endpoint: Endpoint }) {
  const words = useEndpointWords();
  const formats = useFormats();
  const health = healthOf(endpoint);
  const failures = formats.number(endpoint.consecutive_failures);
  const until = endpoint.breaker_open_until;
  const text = {
    healthy: words.healthy,
    failing: endpoint.consecutive_failures === 1 ? words.failingOne : words.failing(failures),
    resting:
      until === null ? words.failing(failures) : words.resting(formats.time(new Date(until)), failures),
    probing: words.probing(failures),
    disabled: words.disabled,
  }[health];
  return <StatusBadge tone={TONES[health]}>{text}</StatusBadge>;
}
