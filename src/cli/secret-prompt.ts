import { CommandError } from "./command-error.ts";
import { EXIT } from "./exit-codes.ts";

const INTERRUPT = "\u0003";
const END = "\u0004";

/**
 * Asks for a secret on a terminal, and shows nothing of it. Node's own line reader would echo it.
 *
 * @throws CommandError when nobody sits there, or Ctrl-C is pressed
 */
export function promptSecret(
  question: string,
  { stdin, stderr }: { stdin: NodeJS.ReadStream; stderr: NodeJS.WriteStream },
): Promise<string> {
  if (!stdin.isTTY) {
    throw new CommandError("There is no terminal to ask for the password on.", {
      hint: "Give it on standard input, with --password-stdin.",
      exitCode: EXIT.usage,
    });
  }
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  stdin.resume();
  return new Promise((resolve, reject) => {
    let typed = "";
    const settle = (finish: () => void) => {
      stdin.off("data", read);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write("\n");
      finish();
    };
    // A paste comes as one chunk of many characters.
    const read = (chunk: string) => {
      for (const character of chunk) {
        if (character === "\r" || character === "\n" || character === END) {
          return settle(() => resolve(typed));
        }
        if (character === INTERRUPT) return settle(() => reject(new CommandError("Interrupted.")));
        if (character === "\u007f" || character === "\b") typed = Array.from(typed).slice(0, -1).join("");
        else if (character >= " ") typed += character;
      }
    };
    stdin.on("data", read);
  });
}

/** The first line of standard input, without its end. */
export async function readFirstLine(stdin: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of stdin) text += String(chunk);
  return text.split(/\r?\n/, 1)[0]!;
}
