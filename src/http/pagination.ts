import { z } from "zod";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;
/** What PostgreSQL's `offset` takes is more; nobody pages this far. */
const MAX_OFFSET = 2_147_483_647;

/** Query parameters of a paginated list (facts 2.3): `limit` 1 to 1000, default 100; `offset` from 0. */
export const paginationQuery = {
  limit: wholeNumberText(1, MAX_LIMIT).default(DEFAULT_LIMIT),
  offset: wholeNumberText(0, MAX_OFFSET).default(0),
};

/** Digits only: `Number` would also read an empty text, `1e2` and `0x10`. A parameter given twice comes as a list. */
function wholeNumberText(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return (
    z
      .string(message)
      .regex(/^\d{1,10}$/, message)
      // As people and generated clients are to see it; a query parameter is a text only on the wire.
      .meta({ type: "integer", minimum: least, maximum: most, pattern: undefined })
      .transform(Number)
      .refine((value) => value >= least && value <= most, message)
  );
}
