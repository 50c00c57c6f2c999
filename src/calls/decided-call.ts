import { insertCall, saveDecision, type CallChanges } from "./call-store.ts";
import type { AnswerDecision, CallDecision } from "./call-decision.ts";
import type { CallContext, CallPorts } from "./call-context.ts";
import type { RingingCall } from "./call.ts";

/** Writes a call together with how it is to be answered, so that a crash from here on is reported to the right endpoint. */
export async function insertDecidedCall(
  call: RingingCall,
  decision: AnswerDecision,
  ports: Pick<CallPorts, "db" | "sealSecret">,
): Promise<void> {
  await ports.db.transaction().execute(async (tx) => {
    await insertCall(tx, call);
    await saveDecision(tx, call.id, changesOf(decision, ports));
  });
}

/** The same for a call that has been written before. Nothing of the call waits for it. */
export function writeDecision(
  { call, ports, writer }: Pick<CallContext, "call" | "ports" | "writer">,
  decision: AnswerDecision,
): void {
  void writer
    .write("decision", () => saveDecision(ports.db, call.id, changesOf(decision, ports)))
    .catch(() => undefined);
}

/** For people who watch. @param startedMs  when it began to be decided, by the monotonic clock */
export function tellDecision(
  { ports, tell }: Pick<CallContext, "ports" | "tell">,
  decision: CallDecision,
  startedMs: number,
): void {
  const [mode, because] = summaryOf(decision);
  tell({ type: "decided", mode, because, durationMs: ports.clock.monotonicMs() - startedMs });
}

function summaryOf(decision: CallDecision): [mode: AnswerDecision["mode"] | "reject", because: string] {
  switch (decision.outcome) {
    case "answer":
      return [decision.mode, decision.because];
    case "reject":
      return ["reject", decision.text];
    case "refuse":
      return ["reject", decision.error];
  }
}

function changesOf(
  { assistantId, configuration, webhookSecret }: AnswerDecision,
  { sealSecret }: Pick<CallPorts, "sealSecret">,
): CallChanges {
  const sealed = webhookSecret === undefined ? null : sealSecret(webhookSecret);
  return { assistantId, configuration, webhookSecret: sealed };
}
