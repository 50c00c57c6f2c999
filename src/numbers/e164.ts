const E164 = /^\+[1-9]\d{6,14}$/;

/** True for a number as the API takes it: `+`, country code, 7 to 15 digits in all (ITU-T E.164). */
export function isE164(text: string): boolean {
  return E164.test(text);
}

/**
 * Reads a number as trunks write it: `+31850835037`, `0031850835037`, `31850835037`, with separators
 * (`+31 (85) 083-5037`) and with parameters behind it (`+31850835037;phone-context=…`, RFC 3966).
 *
 * A national spelling (`0850835037`) cannot be told apart from another country's and comes back as undefined.
 */
export function readE164(text: string): string | undefined {
  const bare = text
    .split(";", 1)[0]!
    .replace(/^(sips?|tel):/i, "")
    .replace(/[\s().-]/g, "");
  const digits = bare.startsWith("+") ? bare.slice(1) : bare.startsWith("00") ? bare.slice(2) : bare;
  const number = `+${digits}`;
  return isE164(number) ? number : undefined;
}
