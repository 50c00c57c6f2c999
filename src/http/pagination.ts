import { z } from "zod";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;

/** Query parameters of a paginated list (facts 2.3): `limit` 1 to 1000, default 100; `offset` from 0. */
export const paginationQuery = {
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  offset: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
};
