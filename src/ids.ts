import { uuidv7 } from "uuidv7";

/**
 * A new id: UUIDv7, so that ids sort by the time they were made and daily partitions can be told from the key.
 */
export function newId(): string {
  return uuidv7();
}

/** No id of that time or later is smaller: a UUIDv7 begins with its time, in milliseconds. */
export function firstIdAt(instant: Date): string {
  const hex = instant.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** When a UUIDv7 was made. */
export function timeOfId(id: string): Date {
  return new Date(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16));
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Ids in paths are opaque to clients; asking PostgreSQL for a malformed uuid would be an error instead of "not found". */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}
