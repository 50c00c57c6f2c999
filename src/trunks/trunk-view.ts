import type { Selectable } from "kysely";
import type { Tables } from "../db/tables.ts";
import { isOutdated } from "./reachability.ts";

/** A trunk on the wire (facts 2.5); from `register` on it is ours. Pure. */
export function toWireTrunk(row: Selectable<Tables["sip_trunks"]>, now: Date) {
  return {
    id: row.id,
    org_id: row.organization_id,
    name: row.name,
    provider: row.provider,
    address: row.address,
    transport: row.transport,
    auth_username: row.auth_username,
    is_active: row.is_active,
    created_at: row.created_at,
    updated_at: row.updated_at,
    register: row.register,
    inbound_addresses: row.inbound_addresses,
    inbound_auth: row.inbound_auth,
    calls_per_second: row.calls_per_second,
    srtp: row.srtp,
    refer: row.refer,
    reachability: toWireReachability(row, now),
    registration: row.register ? toWireRegistration(row, now) : null,
  };
}

function toWireReachability(row: Selectable<Tables["sip_trunks"]>, now: Date) {
  const since = row.reachability_since;
  const isUnknown = isOutdated(row.reachability_checked_at, now);
  return {
    state: isUnknown ? "unknown" : row.reachability,
    since: isUnknown ? null : since,
    checked_at: row.reachability_checked_at,
    latency_ms: row.reachability_latency_ms,
    last_status: row.reachability_status,
    last_error: row.reachability_error,
  };
}

function toWireRegistration(row: Selectable<Tables["sip_trunks"]>, now: Date) {
  const expiresAt = row.registration_expires_at;
  const isExpired = row.registration === "registered" && (expiresAt === null || expiresAt <= now);
  return {
    state: isExpired ? "failed" : (row.registration ?? "pending"),
    since: row.registration_since,
    expires_at: expiresAt,
    last_status: row.registration_status,
    last_error: isExpired ? "it expired and was not refreshed" : row.registration_error,
  };
}
