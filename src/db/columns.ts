import type { ColumnType, JSONColumnType } from "kysely";

// How columns are read, and written.

export type Timestamp = ColumnType<Date, Date | undefined, Date>;
export type NullableTimestamp = ColumnType<Date | null, Date | null | undefined, Date | null>;
/** A json column: read as a parsed value, written as text, so that key order is ours and not the driver's. */
export type Json = JSONColumnType<object>;
export type NullableJson = ColumnType<object | null, string | null | undefined, string | null>;
