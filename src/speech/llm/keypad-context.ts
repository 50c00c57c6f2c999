/**
 * How a model is told of keys that were pressed: as a line of its context, never as words of the caller, so that no
 * transcript says that somebody spoke a card number. The scripted model reads the same line.
 */
const LINE = /^The caller pressed ([0-9*#A-D](?: [0-9*#A-D])*) on the keypad\.$/;

export function keypadLine(digits: string): string {
  return `The caller pressed ${digits.split("").join(" ")} on the keypad.`;
}

/** @returns undefined when the line is not about the keypad */
export function readKeypadLine(line: string): string | undefined {
  return LINE.exec(line)?.[1]?.replaceAll(" ", "");
}
