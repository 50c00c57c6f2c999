import type { EventRow } from "./event-list-store.ts";

/** An event as the API shows it, without its body. */
export function toEventOnWire(event: EventRow) {
  return {
    id: event.id,
    type: event.type,
    call_id: event.call_id,
    sequence: event.sequence,
    created_at: event.created_at,
    is_synchronous: event.sequence === null,
    routing: event.routing,
    state: event.state,
    reason: event.reason,
    attempt_count: event.attempt_count,
    next_attempt_at: event.next_attempt_at,
    endpoint: event.endpoint_url
      ? { id: event.endpoint_id, url: event.endpoint_url, level: event.endpoint_level }
      : null,
  };
}
