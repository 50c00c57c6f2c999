import type pg from "pg";

/** An end-of-call-report of a short call: about 1.5 kB, as the engine stores it. */
const BODY = Buffer.from(
  JSON.stringify({
    message: { type: "end-of-call-report", summary: "x".repeat(400), messages: "y".repeat(1_000) },
  }),
);

/**
 * Writes a backlog straight into the tables: events of calls of their own, spread evenly over endpoints.
 *
 * @returns the endpoints' ids
 */
export async function writeBacklog(
  pool: pg.Pool,
  options: { organizationId: string; urls: readonly string[]; count: number },
): Promise<void> {
  const { organizationId, urls, count } = options;
  await pool.query(
    `insert into webhook_endpoints (id, organization_id, level, owner, url)
     select gen_random_uuid(), $1, 'account', '', url from unnest($2::text[]) url
     on conflict do nothing`,
    [organizationId, urls],
  );
  await pool.query(
    `with fresh as (
       select uuidv7() as id, uuidv7() as call_id, n from generate_series(0, $3::integer - 1) n
     ), event as (
       insert into webhook_events (id, created_at, organization_id, call_id, type, sequence, routing, body)
       select id, now(), $1, call_id, 'end-of-call-report', 1, 'routed', $4 from fresh
     ), endpoint as (
       select id, row_number() over (order by id) - 1 as place from webhook_endpoints
       where organization_id = $1 and url = any($2)
     )
     insert into webhook_deliveries
       (id, event_id, event_created_at, organization_id, endpoint_id, call_id, sequence, event_type, state, run_at)
     select uuidv7(), f.id, now(), $1, e.id, f.call_id, 1, 'end-of-call-report', 'pending', now()
     from fresh f join endpoint e on e.place = f.n % $5::integer`,
    [organizationId, urls, count, BODY, urls.length],
  );
}

export { BODY };
