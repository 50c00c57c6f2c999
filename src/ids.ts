import { uuidv7 } from "uuidv7";

/**
 * A new id: UUIDv7, so that ids sort by the time they were made and daily partitions can be told from the key.
 */
export function newId(): string {
  return uuidv7();
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Ids in paths are opaque to clients; asking PostgreSQL for a malformed uuid would be an error instead of "not found". */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}
