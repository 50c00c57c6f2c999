import { shortened, type Output, type Style } from "../output.ts";
import type { Finding } from "./check.ts";
import type { CheckResult } from "./conformance.ts";

const MARKS: Record<Finding["verdict"], readonly [Style, string]> = {
  pass: ["green", "pass"],
  warn: ["yellow", "warn"],
  fail: ["red", "FAIL"],
  skip: ["dim", "skip"],
};
const TITLE_WIDTH = 62;
const LONGEST_SEEN = 160;

/** A line for each check as it is done, and the sum. */
export function createCheckReport(output: Output, url: string) {
  const results: CheckResult[] = [];
  const count = (verdict: Finding["verdict"]) =>
    results.filter(({ finding }) => finding.verdict === verdict).length;

  output.line(`Checking ${url}`);
  return {
    add(result: CheckResult): void {
      const { group, check, finding } = result;
      if (results.at(-1)?.group !== group) {
        output.line();
        output.line(output.paint("bold", group.title));
      }
      results.push(result);
      const [style, mark] = MARKS[finding.verdict];
      const seen = output.paint("dim", shortened(finding.seen, LONGEST_SEEN));
      output.line(`  ${output.paint(style, mark)}  ${check.title.padEnd(TITLE_WIDTH)}  ${seen}`);
      if ("advice" in finding) output.line(`        ${finding.advice}`);
    },
    finish(): "conforms" | "failed" {
      const [passed, warned, failed, skipped] = [count("pass"), count("warn"), count("fail"), count("skip")];
      output.json({
        url,
        passed,
        warned,
        failed,
        skipped,
        checks: results.map(({ check: { id, title }, finding }) => ({
          id,
          title,
          verdict: finding.verdict,
          seen: finding.seen,
          advice: "advice" in finding ? finding.advice : null,
        })),
      });
      const sum = [
        `${passed} passed`,
        ...(warned > 0 ? [output.paint("yellow", `${warned} to think about`)] : []),
        ...(failed > 0 ? [output.paint("red", `${failed} failed`)] : []),
        ...(skipped > 0 ? [`${skipped} skipped`] : []),
      ];
      output.line();
      output.line(sum.join(", "));
      return failed > 0 ? "failed" : "conforms";
    },
  };
}
