import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";

/** A call as lists of running calls show it. */
export interface FeedCall {
  id: string;
  status: string;
  direction: "inbound" | "outbound" | "web";
  caller_number: string | null;
  called_number: string | null;
  number_id: string | null;
  assistant_id: string | null;
  assistant_name: string | null;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  end_reason: string | null;
  is_reported: boolean;
}

/** A call is inserted and committed within moments: this far back nothing new can turn up. */
const RECENT_SECONDS = 10;
/** The newest of them; an installation carries some hundred at once. */
const MOST_RUNNING = 2_000;

/**
 * Every call of an organization that runs, or began a moment ago (one that was refused is over before anybody looks),
 * or that the asker knows of; the oldest first.
 *
 * @returns `isRecent`: it may be forgotten only when it is not any more
 */
export async function listRunningCalls(
  db: Queryable,
  organizationId: string,
  known: readonly string[],
): Promise<(FeedCall & { is_recent: boolean })[]> {
  // A web call that no browser has joined yet is none.
  const isCall = sql`organization_id = ${organizationId} and (direction <> 'web' or claimed_at is not null)`;
  const { rows } = await sql<FeedCall & { is_recent: boolean }>`
    with wanted as (
      (select id from calls where ${isCall} and reported_at is null
        order by created_at desc limit ${MOST_RUNNING})
      union
      (select id from calls where ${isCall}
        and created_at >= now() - ${RECENT_SECONDS} * interval '1 second'
        order by created_at desc limit ${MOST_RUNNING})
      union
      select unnest(${[...known]}::uuid[])
    )
    select c.id, c.status, c.direction, c.caller_number, c.called_number, c.number_id, c.assistant_id,
      -- As in the list of calls; the configuration is long, and read only where no assistant has the name.
      case when a.id is null then c.configuration->>'name' else a.name end as assistant_name,
      c.created_at, c.started_at, c.ended_at, c.end_reason, c.reported_at is not null as is_reported,
      c.created_at >= now() - ${RECENT_SECONDS} * interval '1 second' as is_recent
    from wanted join calls c on c.id = wanted.id left join assistants a on a.id = c.assistant_id
    where c.organization_id = ${organizationId}
    order by c.created_at, c.id
  `.execute(db);
  return rows;
}
