import { styleText } from "node:util";
import type { CommandError } from "./command-error.ts";

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** What a command says. Results go to stdout, everything about the run itself to stderr. */
export interface Output {
  readonly isJson: boolean;
  /** for people; nothing with --json */
  line(text?: string): void;
  /** one JSON value on one line; nothing without --json */
  json(value: object): void;
  /** a remark for people while a command runs; nothing with --json */
  notice(text: string): void;
  problem(error: CommandError): void;
  /** colours only on a terminal, and not where NO_COLOR is set */
  paint(style: Style, text: string): string;
}

export function createOutput(options: {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  isJson: boolean;
}): Output {
  const { stdout, stderr, isJson } = options;
  return {
    isJson,
    line: (text = "") => void (isJson || stdout.write(`${text}\n`)),
    json: (value) => void (isJson && stdout.write(`${JSON.stringify(value)}\n`)),
    notice: (text) => void (isJson || stderr.write(`${styleText("dim", text, { stream: stderr })}\n`)),
    problem({ message, hint, exitCode }) {
      if (isJson) {
        stderr.write(`${JSON.stringify({ error: message, hint: hint ?? null, exit_code: exitCode })}\n`);
        return;
      }
      const lead = styleText("red", "error:", { stream: stderr });
      stderr.write(`${lead} ${printable(message)}\n${hint === undefined ? "" : `${hint}\n`}`);
    },
    paint: (style, text) => styleText(style, text, { stream: stdout }),
  };
}

/** Texts of others (answers, bodies, errors) without what a terminal would obey: control characters, line breaks kept. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is removed
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "�");
}

/** On one line, and no longer than `length`. */
export function shortened(text: string, length: number): string {
  const line = printable(text).replaceAll(/\s+/g, " ").trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
