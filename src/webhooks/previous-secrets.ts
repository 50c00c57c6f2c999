import { z } from "zod";
import type { Queryable } from "../db/database.ts";
import { wholeNumberFrom } from "../http/fields.ts";

/** Whose secrets: an assistant's, or with `owner: ""` the account's. */
export interface SecretOwner {
  organizationId: string;
  owner: string;
}

/** Secrets that were replaced and still sign for a while, so that receivers can be changed without losing an event. */
export interface PreviousSecrets {
  /** In the transaction of the change. @param sealed  the secret that is replaced */
  keep(tx: Queryable, owner: SecretOwner, sealed: Buffer, overlapSeconds: number): Promise<void>;
  /** A secret was set outright: the earlier ones are worth nothing from now on. */
  drop(tx: Queryable, owner: SecretOwner): Promise<void>;
  /** Those that still sign, the newest first. */
  find(db: Queryable, owner: SecretOwner): Promise<{ secret: Buffer; expires_at: Date }[]>;
}

const LONGEST_OVERLAP_SECONDS = 7 * 86_400;
const DEFAULT_OVERLAP_SECONDS = 86_400;

export const webhookSecretField = z.string().min(8).max(512);

/** What is sent to rotate a secret; without one a new one is made. */
export const rotationBody = z.strictObject({
  secret: webhookSecretField.optional(),
  overlap_seconds: wholeNumberFrom(0, LONGEST_OVERLAP_SECONDS).default(DEFAULT_OVERLAP_SECONDS),
});
