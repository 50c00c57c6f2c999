import { stdout } from "node:process";

/** Prints what happens, one line each, with the seconds since the call began. */
export interface Timeline {
  line(kind: keyof typeof COLOURS, text: string): void;
  start(): void;
}

const COLOURS = { SIP: 36, call: 37, turn: 32, tool: 33, webhook: 35, note: 90 } as const;
const LONGEST_TEXT = 150;

export function createTimeline(): Timeline {
  let startedMs = performance.now();
  const paint = (code: number, text: string) => (stdout.isTTY ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    start: () => (startedMs = performance.now()),
    line(kind, text) {
      const seconds = ((performance.now() - startedMs) / 1_000).toFixed(3).padStart(7);
      const short = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
      console.log(`${paint(90, `${seconds} s`)}  ${paint(COLOURS[kind], kind.padEnd(7))}  ${short}`);
    },
  };
}
