import { Command, InvalidArgumentError } from "commander";
import { readConfig } from "../config.ts";
import { CommandError } from "./command-error.ts";
import type { CommandContext } from "./command-context.ts";
import type { Finding, Verdict } from "./doctor/finding.ts";
import { EXIT } from "./exit-codes.ts";
import { addExamples, addJsonOption } from "./help.ts";
import { printable, type Output, type Style } from "./output.ts";

const DEFAULT_CALLS = 50;
const STYLES: Record<Verdict, Style> = { ok: "green", note: "cyan", warning: "yellow", problem: "red" };

export function doctorCommand(context: CommandContext): Command {
  const command = new Command("doctor")
    .summary("finds what keeps calls from working: ports, addresses, NAT, limits; says what to change")
    .description(
      "Looks at this machine and the settings as the server would see them: ports that are taken, a wrong or missing " +
        "public address, NAT and bridge networks, too few file handles or RTP ports, the data folder, the database's " +
        "clock, keys, PUBLIC_URL. Each finding says what was seen and what to change. It changes nothing, and works " +
        "with the server stopped and running; run it with the server's environment, where the server runs. With " +
        "STUN_SERVER set (two servers are better) it sees itself from outside. Ends with 1 when there is a problem; " +
        "warnings and notes end with 0.",
    )
    .option("--calls <number>", "how many calls at once are wanted", readCalls, DEFAULT_CALLS);
  addJsonOption(
    command,
    "{ kind: diagnosis, problems, warnings, findings: [{ check, verdict, saw, change }] }",
  );
  addExamples(command, [
    ["With the settings of the environment", "doctor"],
    ["For a call centre, seen from outside", "STUN_SERVER=stun.example.com:3478 doctor --calls 500"],
  ]);
  return command.action(async ({ calls }: { calls: number }) => {
    const { environment, clock, random, output } = context;
    const read = readConfig(environment);
    if (read.outcome === "invalid")
      throw new CommandError(read.problems.join("\n"), {
        exitCode: EXIT.usage,
        hint: "README.md lists the settings.",
      });
    const { examine } = await import("./doctor/examine.ts");
    const findings = await examine({ config: read.config, wantedCalls: calls, clock, random });
    report(output, findings);
    if (findings.some(({ verdict }) => verdict === "problem")) context.exitWith(EXIT.failed);
  });
}

function report(output: Output, findings: readonly Finding[]): void {
  const count = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict).length;
  const [problems, warnings] = [count("problem"), count("warning")];
  output.json({
    kind: "diagnosis",
    problems,
    warnings,
    findings: findings.map(({ check, verdict, saw, change }) => ({
      check,
      verdict,
      saw,
      change: change ?? null,
    })),
  });
  for (const { check, verdict, saw, change } of findings) {
    output.line(`${output.paint(STYLES[verdict], verdict.padEnd(8))} ${check.padEnd(15)} ${printable(saw)}`);
    if (change !== undefined) output.line(`${" ".repeat(25)}→ ${printable(change)}`);
  }
  output.line();
  output.line(
    problems + warnings === 0
      ? "Nothing is wrong that can be seen from here."
      : `${counted(problems, "problem")}, ${counted(warnings, "warning")}.`,
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function readCalls(text: string): number {
  const calls = Number(text);
  if (!/^\d+$/.test(text) || calls < 1 || calls > 20_000)
    throw new InvalidArgumentError("It must be a whole number from 1 to 20000.");
  return calls;
}
