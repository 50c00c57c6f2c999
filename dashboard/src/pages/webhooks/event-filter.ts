import { isId } from "../../api/ids.ts";
import { EVENT_STATES, EVENT_TYPES, type EventStateName, type EventType } from "./event-kinds.ts";

/** What the list is narrowed to, as the page's address has it. */
export interface EventFilter {
  type?: EventType;
  state?: EventStateName;
  endpointId?: string;
  callId?: string;
  /** how long back, or from and to */
  period?: Period;
  since?: string;
  until?: string;
}

export const PERIODS = { "1h": 3_600, "24h": 86_400, "7d": 7 * 86_400 } as const;
export type Period = keyof typeof PERIODS;

/** What is not understood is left out: a mistyped address shows more, not an error. */
export function readFilter(search: URLSearchParams): EventFilter {
  const type = EVENT_TYPES.find((each) => each === search.get("type"));
  const state = EVENT_STATES.find((each) => each === search.get("state"));
  const period = (Object.keys(PERIODS) as Period[]).find((each) => each === search.get("period"));
  const endpointId = idOf(search.get("endpoint"));
  const callId = idOf(search.get("call"));
  const since = instantOf(search.get("since"));
  const until = instantOf(search.get("until"));
  return {
    ...(type && { type }),
    ...(state && { state }),
    ...(endpointId && { endpointId }),
    ...(callId && { callId }),
    ...(period && { period }),
    ...(!period && since && { since }),
    ...(!period && until && { until }),
  };
}

/** As the API wants it. */
export function toQuery(filter: EventFilter, now: Date) {
  const since = filter.period
    ? new Date(now.getTime() - PERIODS[filter.period] * 1_000).toISOString()
    : filter.since;
  return {
    ...(filter.type && { type: filter.type }),
    ...(filter.state && { state: filter.state }),
    ...(filter.endpointId && { endpoint_id: filter.endpointId }),
    ...(filter.callId && { call_id: filter.callId }),
    ...(since && { since }),
    ...(filter.until && { until: filter.until }),
  };
}

function idOf(text: string | null): string | undefined {
  const id = text?.trim().toLowerCase() ?? "";
  return isId(id) ? id : undefined;
}

function instantOf(text: string | null): string | undefined {
  if (text === null || Number.isNaN(Date.parse(text))) return undefined;
  return new Date(text).toISOString();
}
