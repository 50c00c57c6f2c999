import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { createWorkLoop } from "../work-loop.ts";
import {
  claimEmails,
  finishEmail,
  nextEmailDueInMs,
  releaseDeadEmailClaims,
  releaseEmails,
  type ClaimedEmail,
} from "./email-store.ts";
import type { Mailer } from "./mailer.ts";

/**
 * Sends what is in the outbox: claim, commit, send, record.
 *
 * A crash after the claim: our heartbeat stops, and another process or our next start claims it again. A crash after the
 * server has taken it and before that is recorded: it is sent once more, with the same Message-ID. Never a gap.
 */
export interface MailLoop {
  start(): void;
  /** Something new is due. Only a hint: what is due is found without it. */
  wake(): void;
  /** One look at what is due, until nothing is. The loop does nothing else; tests call it by hand. */
  sendDue(): Promise<void>;
  /** Lets what is being sent finish for `limitMs`, then breaks it off; it is sent after the next start. */
  stop(limitMs: number): Promise<void>;
}

/** Many small ones at once; one that is slow holds up its batch for a minute at most. */
const BATCH = 10;
const LOOK_EVERY_MS = 5_000;
const SHORTEST_LOOK_MS = 100;

export function createMailLoop(options: {
  db: Database;
  clock: Clock;
  logger: Logger;
  nodeId: string;
  newId: () => string;
  mailer: Mailer;
}): MailLoop {
  const { db, clock, logger } = options;
  let hasToldOfSkipping = false;
  const ending = new AbortController();
  const loop = createWorkLoop({
    async look() {
      await sendDue();
      const dueInMs = await nextEmailDueInMs(db);
      return dueInMs === undefined ? undefined : Math.min(LOOK_EVERY_MS, Math.max(SHORTEST_LOOK_MS, dueInMs));
    },
    lookEveryMs: LOOK_EVERY_MS,
    onFailure: (error) => logger.warn({ err: toError(error) }, "e-mails wait; they are looked for again"),
    clock,
  });

  async function send(email: ClaimedEmail): Promise<void> {
    const fields = { email_id: email.id, call_id: email.callId };
    const update = await options.mailer(email, ending.signal);
    await finishEmail(db, email, update);
    // What servers say of an e-mail has addresses in it.
    const pii = "error" in update ? { error: update.error } : undefined;
    if (update.state === "failed")
      logger.error({ ...fields, pii }, "an e-mail was given up: GET /emails has the reason");
    if (update.state === "pending")
      logger.warn({ ...fields, pii }, "an e-mail was not taken and is tried again");
    if (update.state === "skipped" && !hasToldOfSkipping) {
      // Once: every further call would say the same. Each row says it too.
      hasToldOfSkipping = true;
      logger.warn(
        { ...fields, reason: update.error },
        "an e-mail was not sent; later ones are skipped without a word",
      );
    }
  }

  async function sendDue(): Promise<void> {
    await releaseDeadEmailClaims(db, options.nodeId);
    while (!loop.isStopped) {
      const claimId = options.newId();
      const claimed = await claimEmails(db, { claimId, nodeId: options.nodeId, limit: BATCH });
      const results = await Promise.allSettled(claimed.map(send));
      const broken = results.find((result) => result.status === "rejected");
      if (broken) {
        // The database is away, or the results would be there: what was sent and not recorded is sent once more.
        await releaseEmails(db, claimId);
        throw toError(broken.reason);
      }
      if (claimed.length < BATCH) return;
    }
  }

  return {
    start: loop.start,
    wake: loop.wake,
    sendDue,
    async stop(limitMs) {
      const stopped = loop.stop();
      const cancel = clock.after(limitMs, () => ending.abort());
      await stopped;
      cancel();
    },
  };
}
