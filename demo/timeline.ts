import { stdout } from "node:process";

/** Prints what happens, one line each, with the seconds since the call began; or JSON lines. */
export interface Timeline {
  line(kind: keyof typeof COLOURS, text: string): void;
  /** what is said around the call */
  text(text: string): void;
  start(): void;
}

const COLOURS = { SIP: 36, call: 37, turn: 32, tool: 33, webhook: 35, note: 90 } as const;
const LONGEST_TEXT = 150;

export function createTimeline({ isJson }: { isJson: boolean }): Timeline {
  let startedMs = performance.now();
  const hasColours = stdout.isTTY && !process.env["NO_COLOR"];
  const paint = (code: number, text: string) => (hasColours ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    start: () => (startedMs = performance.now()),
    text: (text) => console.log(isJson ? JSON.stringify({ kind: "text", text: text.trim() }) : text),
    line(kind, text) {
      if (isJson) {
        const atMs = Math.round(performance.now() - startedMs);
        console.log(JSON.stringify({ kind, at_ms: atMs, text }));
        return;
      }
      const seconds = ((performance.now() - startedMs) / 1_000).toFixed(3).padStart(7);
      const short = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
      console.log(`${paint(90, `${seconds} s`)}  ${paint(COLOURS[kind], kind.padEnd(7))}  ${short}`);
    },
  };
}
