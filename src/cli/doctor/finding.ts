/** One thing that was looked at. The ids in `check` are part of `--json` and of docs/nat.md. */
export interface Finding {
  check: string;
  verdict: Verdict;
  /** what was seen, as a sentence */
  saw: string;
  /** exactly what to change; nothing where all is well */
  change?: string | undefined;
}

export type Verdict =
  | "ok"
  /** worth knowing, or not checked */
  | "note"
  /** works, until something else comes along */
  | "warning"
  /** calls will fail, or be silent */
  | "problem";

export const ok = (check: string, saw: string): Finding => ({ check, verdict: "ok", saw });
export const note = (check: string, saw: string, change?: string): Finding => ({
  check,
  verdict: "note",
  saw,
  change,
});
export const warning = (check: string, saw: string, change: string): Finding => ({
  check,
  verdict: "warning",
  saw,
  change,
});
export const problem = (check: string, saw: string, change: string): Finding => ({
  check,
  verdict: "problem",
  saw,
  change,
});
