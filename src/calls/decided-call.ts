import { insertCall, saveDecision } from "./call-store.ts";
import type { AnswerDecision } from "./call-decision.ts";
import type { CallPorts } from "./call-context.ts";
import type { RingingCall } from "./call.ts";

/** Writes a call together with how it is to be answered, so that a crash from here on is reported to the right endpoint. */
export async function insertDecidedCall(
  call: RingingCall,
  { configuration, webhookSecret }: AnswerDecision,
  ports: Pick<CallPorts, "db" | "sealSecret">,
): Promise<void> {
  await ports.db.transaction().execute(async (tx) => {
    await insertCall(tx, call);
    await saveDecision(tx, call.id, {
      configuration,
      webhookSecret: webhookSecret === undefined ? null : ports.sealSecret(webhookSecret),
    });
  });
}
