import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
import type { Reachability } from "./reachability.ts";
import type { Registration } from "./registration.ts";
import type { Trunk } from "./trunk.ts";

/** Five missed heartbeats, as for calls: who is only busy keeps its trunks. */
const DEAD_AFTER = sql`interval '15 seconds'`;

/** A trunk with its password as it is stored. */
export type SealedTrunk = Omit<Trunk, "password"> & { sealedPassword: Buffer | null };

function selectActive(db: Queryable) {
  return db
    .selectFrom("sip_trunks")
    .select(["id", "organization_id", "address", "transport", "auth_username", "auth_password", "updated_at"])
    .select(["inbound_addresses", "inbound_auth", "register", "calls_per_second", "srtp", "refer"])
    .where("is_active", "=", true);
}

function toTrunk(row: Awaited<ReturnType<ReturnType<typeof selectActive>["execute"]>>[number]): SealedTrunk {
  return {
    id: row.id,
    organizationId: row.organization_id,
    address: row.address,
    transport: row.transport,
    username: row.auth_username,
    sealedPassword: row.auth_password,
    inboundAddresses: row.inbound_addresses,
    inboundAuth: row.inbound_auth,
    register: row.register,
    callsPerSecond: row.calls_per_second,
    srtp: row.srtp,
    refer: row.refer,
    updatedAt: row.updated_at,
  };
}

/** Every trunk in use, of all organizations. */
export async function listActiveTrunks(db: Queryable): Promise<SealedTrunk[]> {
  return (await selectActive(db).orderBy("created_at").orderBy("id").execute()).map(toTrunk);
}

export async function findTrunk(db: Queryable, id: string): Promise<SealedTrunk | undefined> {
  const row = await selectActive(db).where("id", "=", id).executeTakeFirst();
  return row && toTrunk(row);
}

/** Something else than before when a trunk came, went or was changed. Cheap enough to be asked every two seconds. */
export async function trunksVersion(db: Queryable): Promise<string> {
  const { version } = await db
    .selectFrom("sip_trunks")
    .select(sql<string>`concat(count(*), ' ', max(updated_at), ' ', max(created_at))`.as("version"))
    .where("is_active", "=", true)
    .executeTakeFirstOrThrow();
  return version;
}

/**
 * Takes the trunks that no living process keeps. A trunk has one keeper in the whole installation: a registrar that
 * hears from two would send each call to both, or to whichever spoke last.
 *
 * @returns all that this process keeps now
 */
export async function keepTrunks(db: Queryable, nodeId: string): Promise<string[]> {
  await db
    .updateTable("sip_trunks")
    .set({ keeper_node_id: nodeId })
    .where("is_active", "=", true)
    .where((where) =>
      where.or([
        where("keeper_node_id", "is", null),
        where.and([
          where("keeper_node_id", "!=", nodeId),
          where.not(
            where.exists(
              where
                .selectFrom("nodes")
                .select("nodes.id")
                .whereRef("nodes.id", "=", "sip_trunks.keeper_node_id")
                .where("nodes.stopped_at", "is", null)
                .where("nodes.heartbeat_at", ">", sql<Date>`now() - ${DEAD_AFTER}`),
            ),
          ),
        ]),
      ]),
    )
    .execute();
  const rows = await db
    .selectFrom("sip_trunks")
    .select("id")
    .where("keeper_node_id", "=", nodeId)
    .where("is_active", "=", true)
    .execute();
  return rows.map(({ id }) => id);
}

/** On a clean end, so that the next process does not have to wait until we are taken for dead. */
export async function releaseTrunks(db: Queryable, nodeId: string): Promise<void> {
  await db
    .updateTable("sip_trunks")
    .set({ keeper_node_id: null })
    .where("keeper_node_id", "=", nodeId)
    .execute();
}

/** Only by its keeper: one that was taken for dead and comes back must not write over its successor. */
export async function saveReachability(
  db: Queryable,
  nodeId: string,
  trunkId: string,
  reachability: Reachability,
): Promise<void> {
  await db
    .updateTable("sip_trunks")
    .set({
      reachability: reachability.state,
      reachability_since: reachability.since,
      reachability_checked_at: reachability.checkedAt,
      reachability_latency_ms: reachability.latencyMs,
      reachability_status: reachability.lastStatus,
      reachability_error: reachability.lastError,
    })
    .where("id", "=", trunkId)
    .where("keeper_node_id", "=", nodeId)
    .execute();
}

export async function saveRegistration(
  db: Queryable,
  nodeId: string,
  trunkId: string,
  registration: Registration,
): Promise<void> {
  await db
    .updateTable("sip_trunks")
    .set({
      registration: registration.state,
      registration_since: registration.since,
      registration_expires_at: registration.expiresAt,
      registration_status: registration.lastStatus,
      registration_error: registration.lastError,
    })
    .where("id", "=", trunkId)
    .where("keeper_node_id", "=", nodeId)
    .execute();
}

/**
 * A place among the calls that a trunk begins each second, in one statement, so that all processes of an installation
 * share the limit (the generic cell rate algorithm).
 *
 * @param mostMs  how far ahead a place may be
 * @returns in how many milliseconds the call may begin; undefined: there is no place so soon
 */
export async function takeCallSlot(
  db: Queryable,
  trunkId: string,
  direction: "inbound" | "outbound",
  mostMs: number,
): Promise<number | undefined> {
  const slot = sql.ref(direction === "inbound" ? "inbound_slot_at" : "outbound_slot_at");
  const step = sql`interval '1 second' / calls_per_second`;
  const { rows } = await sql<{ wait_ms: number }>`
    update sip_trunks set ${slot} = greatest(${slot}, now()) + ${step}
    where id = ${trunkId} and coalesce(${slot}, now()) <= now() + ${mostMs} * interval '1 millisecond'
    returning (extract(epoch from ${slot} - ${step} - now()) * 1000)::float8 as wait_ms`.execute(db);
  const wait = rows[0]?.wait_ms;
  return wait === undefined ? undefined : Math.max(0, Math.round(wait));
}

/** Since when a trunk has not answered. @returns undefined: it does, or nobody knows */
export async function downSince(db: Queryable, trunkId: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom("sip_trunks")
    .select("reachability_since")
    .where("id", "=", trunkId)
    .where("reachability", "=", "down")
    .executeTakeFirst();
  return row?.reachability_since ?? undefined;
}
