import { describeAnswer, isSuccess } from "../forward.ts";
import type { HttpAnswer } from "../http-request.ts";
import type { Kit } from "./kit.ts";

/**
 * What a check found. `fail`: events would be lost, or forged ones believed. `warn`: it works, and will not always.
 * `skip`: it says nothing here, and `seen` says why.
 */
export type Finding =
  | { verdict: "pass" | "skip"; seen: string }
  | { verdict: "warn" | "fail"; seen: string; advice: string };

export interface Check {
  /** stable: scripts and tests name checks by it */
  id: string;
  title: string;
  /** it says something also of a receiver that accepts nothing at all */
  isBasic?: true;
  run(kit: Kit): Promise<Finding>;
}

export interface CheckGroup {
  title: string;
  checks: readonly Check[];
}

/** A genuine request must be answered with 2xx. @param advice for a receiver that answers with another status */
export function expectAccepted(answer: HttpAnswer, advice?: string): Finding {
  const seen = describeAnswer(answer);
  if (isSuccess(answer)) return { verdict: "pass", seen };
  return { verdict: "fail", seen, advice: adviceFor(answer, advice) };
}

/** Of several answers the first bad one decides. */
export function expectAllAccepted(answers: readonly HttpAnswer[], advice?: string): Finding {
  const bad = answers.find((answer) => !isSuccess(answer));
  if (bad) return expectAccepted(bad, advice);
  const statuses = [...new Set(answers.map(describeAnswer))].join(", ");
  return { verdict: "pass", seen: `${statuses} (${answers.length} requests)` };
}

const GONE = "Nothing listens there any more: it has ended, and its log should say why.";

function adviceFor(answer: HttpAnswer, advice: string | undefined): string {
  switch (answer.outcome) {
    case "timeout":
      return "Answer at once and do the work afterwards: this would count as not delivered.";
    case "aborted":
      return "Run it again.";
    case "failed":
      if (answer.code === "ECONNREFUSED") return GONE;
      return "Keep the connection open until the answer is sent; a crash while handling a request looks like this.";
    case "answered":
      if (answer.status >= 300 && answer.status < 400)
        return "Redirects are not followed: configure the URL that they lead to.";
      if (answer.status === 413) return "Raise the limit for the body's size: a long call's report is large.";
      return advice ?? adviceForStatus(answer.status);
  }
}

function adviceForStatus(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return "It took a genuine signature for a forged one: is the secret right, and is HMAC-SHA256 taken over <timestamp>.<raw body>?";
    case 404:
    case 405:
      return "Answer POST at exactly this URL; is the path right?";
    default:
      return "Answer 2xx to every genuine event.";
  }
}

/** A forged request must be refused with 4xx. @param advice for a receiver that accepts it */
export function expectRefused(answer: HttpAnswer, advice: string): Finding {
  const seen = describeAnswer(answer);
  if (answer.outcome !== "answered") {
    return {
      verdict: "fail",
      seen,
      advice: "Answer 401; no answer at all looks like a crash, and is retried.",
    };
  }
  if (answer.status >= 400 && answer.status <= 499) return { verdict: "pass", seen };
  if (isSuccess(answer)) return { verdict: "fail", seen, advice };
  return {
    verdict: "fail",
    seen,
    advice:
      answer.status >= 500
        ? "It breaks on this request rather than refusing it: check before anything else, and answer 401."
        : "Answer 401.",
  };
}
