import type { HttpAnswer } from "../http-request.ts";
import type { Check, CheckGroup, Finding } from "./check.ts";
import { deliveryChecks, endpointChecks } from "./delivery-checks.ts";
import { forgeryChecks } from "./forgery-checks.ts";
import { answerChecks, genuineChecks } from "./genuine-checks.ts";
import type { Kit } from "./kit.ts";

/** In the order in which they run: what depends on a receiver that works comes after finding out whether it does. */
export const CHECK_GROUPS: readonly CheckGroup[] = [
  genuineChecks,
  answerChecks,
  deliveryChecks,
  forgeryChecks,
  endpointChecks,
];

export interface CheckResult {
  group: CheckGroup;
  check: Check;
  finding: Finding;
}

export type Reachability = { outcome: "reachable" } | { outcome: "unreachable"; answer: HttpAnswer };

/** Whether anything answers there at all; if not, forty failed checks would all say the same. */
export async function probe(kit: Kit): Promise<Reachability> {
  const { answer } = await kit.first(kit.carrier);
  // A connection that was opened and then lost is a fault of the receiver's, which the checks describe.
  const isNobodyThere =
    answer.outcome === "failed" && answer.code !== "ECONNRESET" && answer.code !== "EPIPE";
  return isNobodyThere ? { outcome: "unreachable", answer } : { outcome: "reachable" };
}

/** One check after the other. Ends early when `signal` is aborted. */
export async function* runChecks(kit: Kit, signal: AbortSignal): AsyncGenerator<CheckResult> {
  for (const group of CHECK_GROUPS) {
    for (const check of group.checks) {
      if (signal.aborted) return;
      const reason = await reasonToSkip(check);
      const finding: Finding = reason ? { verdict: "skip", seen: reason } : await check.run(kit);
      if (signal.aborted) return;
      yield { group, check, finding };
    }
  }

  async function reasonToSkip(check: Check): Promise<string | undefined> {
    if (!check.isBasic && kit.accepted.length === 0) return "says nothing while no genuine event is accepted";
    // Each check says its own when the receiver ends; after that there is nobody left to check.
    return (await kit.isGone()) ? "nothing listens there any more" : undefined;
  }
}
