import { insertCall, saveDecision, saveMessages } from "../../src/calls/call-store.ts";
import type { CallTransitions } from "../../src/calls/call-transitions.ts";
import type { AssistantConfiguration } from "../../src/assistants/configuration.ts";
import type { Database } from "../../src/db/database.ts";
import { newId } from "../../src/ids.ts";

/** A call on its way to its report, by the functions that write it in earnest. */
export async function endedCall(
  db: Database,
  transitions: CallTransitions,
  call: { organizationId: string; nodeId: string; configuration: AssistantConfiguration; endedAt?: Date },
): Promise<string> {
  const id = newId();
  const endedAt = call.endedAt ?? new Date();
  await insertCall(db, {
    id,
    organizationId: call.organizationId,
    nodeId: call.nodeId,
    direction: "inbound",
    carrierCallId: "sip-1",
    callerNumber: "+31612345678",
    calledNumber: "+31850835037",
    numberId: null,
    numberName: "Front desk",
    assistantId: null,
  });
  await saveDecision(db, id, { configuration: call.configuration });
  await transitions.answer(id, new Date(endedAt.getTime() - 65_000));
  await saveMessages(db, id, [
    { role: "assistant", content: "Hello, how can I help?" },
    { role: "user", content: "When do you close?" },
  ]);
  await transitions.finish(id, { status: "ended", reason: "user_hangup", endedAt });
  return id;
}
