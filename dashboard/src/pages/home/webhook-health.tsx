import { Anchor, Skeleton, Text } from "@mantine/core";
import { Link } from "wouter";
import type { Wire } from "../../api/wire.ts";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { useHomeWords } from "./home-words.ts";
import { Panel } from "./panel.tsx";
import classes from "./webhook-health.module.css";

type Stats = Wire<"Stats">;
type Endpoint = Stats["webhook_endpoints"][number];

const SHOWN = 4;

/** How the receivers are doing; those in trouble are first. */
export function WebhookHealth(props: { stats: Stats | undefined; className?: string | undefined }) {
  const { stats } = props;
  const words = useHomeWords();
  const all = (
    <Anchor component={Link} href="/webhooks" size="sm">
      {words.allWebhooks}
    </Anchor>
  );
  const synchronous = stats?.synchronous_webhooks.filter(({ requests }) => requests > 0) ?? [];
  const isEmpty = stats?.webhook_endpoints.length === 0 && synchronous.length === 0;
  return (
    <Panel title={words.webhooks} note={all} className={props.className}>
      {stats === undefined ? (
        <Skeleton height={160} />
      ) : isEmpty ? (
        <Text c="dimmed">{words.webhooksNone}</Text>
      ) : (
        <ul className={classes.list}>
          {synchronous.map(({ type, ...figures }) => (
            <li key={type}>
              <span className={classes.name}>{type}</span>
              <Facts rate={figures.success_rate} of={words.answered} p95Ms={figures.p95_ms} />
            </li>
          ))}
          {stats.webhook_endpoints.slice(0, SHOWN).map((endpoint) => (
            <li key={endpoint.id}>
              <span className={classes.name} title={endpoint.url}>
                {endpoint.url.replace(/^https?:\/\//, "")}
              </span>
              <EndpointState endpoint={endpoint} />
              <Facts
                rate={endpoint.success_rate}
                of={words.delivered}
                p95Ms={endpoint.p95_ms}
                endpoint={endpoint}
              />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function EndpointState({ endpoint }: { endpoint: Endpoint }) {
  const words = useHomeWords();
  if (!endpoint.is_enabled) return <StatusBadge tone="bad">{words.disabled}</StatusBadge>;
  if (endpoint.breaker !== "closed") return <StatusBadge tone="bad">{words.resting}</StatusBadge>;
  if (endpoint.failing_since !== null) return <StatusBadge tone="warn">{words.failing}</StatusBadge>;
  if (endpoint.attempts === 0) return <StatusBadge tone="neutral">{words.idle}</StatusBadge>;
  return <StatusBadge tone="good">{words.healthy}</StatusBadge>;
}

function Facts(props: {
  rate: number | null;
  of: (share: string) => string;
  p95Ms: number | null;
  endpoint?: Endpoint;
}) {
  const words = useHomeWords();
  const formats = useFormats();
  const { endpoint } = props;
  const facts = [
    props.rate !== null && props.of(formats.percent(props.rate)),
    props.p95Ms !== null && `p95 ${formats.milliseconds(props.p95Ms)}`,
    endpoint && endpoint.waiting > 0 && words.waiting(formats.number(endpoint.waiting)),
    endpoint && endpoint.exhausted > 0 && words.exhausted(formats.number(endpoint.exhausted)),
  ].filter(Boolean);
  return <span className={classes.facts}>{facts.join(" · ")}</span>;
}
