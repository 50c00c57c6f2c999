import { isE164 } from "../numbers/e164.ts";
import type { TransferDestination } from "./tools.ts";

export const DEFAULT_ACCEPT_DIGIT = "1";
export const DEFAULT_REJECT_DIGIT = "2";
/** What every telephone has. */
export const DIGIT = /^[0-9*#]$/;

const SIP_URI = /^sips?:[^\s<>"]+$/i;
const LONGEST_DESTINATION = 255;

export function isSipUri(text: string): boolean {
  return SIP_URI.test(text) && text.length <= LONGEST_DESTINATION;
}

/**
 * Reads one of `transfer_call`'s destinations (facts 5.4). SIP URIs (`type: "sip"`, `sip_uri`) and warm transfers
 * (`mode: "warm"` and what belongs to it) are ours. Pure.
 *
 * @returns the destination, or the rest of a problem's line: `.number: must …`
 */
export function readDestination(entry: unknown): TransferDestination | string {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
    return ": must be an object with a number";
  }
  const { type = "number", number, sip_uri: sipUri, ...rest } = entry as Record<string, unknown>;
  if (type !== "number" && type !== "sip") return ".type: must be number or sip";
  const address = type === "number" ? number : sipUri;
  if (type === "number" && (typeof number !== "string" || !isE164(number))) {
    return ".number: must be in E.164: + and 7 to 15 digits, such as +31850835037";
  }
  if (type === "sip" && (typeof sipUri !== "string" || !isSipUri(sipUri))) {
    return ".sip_uri: must be a SIP URI, such as sip:desk@pbx.example";
  }
  for (const field of ["description", "message", "briefing", "accept_prompt"]) {
    if (!isTextOrNothing(rest[field])) return `.${field}: must be a text`;
  }
  const mode = rest["mode"] ?? "cold";
  if (mode !== "cold" && mode !== "warm") return ".mode: must be cold or warm";
  const acceptDigit = rest["accept_digit"] ?? DEFAULT_ACCEPT_DIGIT;
  const rejectDigit = rest["reject_digit"] ?? DEFAULT_REJECT_DIGIT;
  for (const [field, digit] of [
    ["accept_digit", acceptDigit],
    ["reject_digit", rejectDigit],
  ] as const) {
    if (typeof digit !== "string" || !DIGIT.test(digit)) return `.${field}: must be one key: 0 to 9, * or #`;
  }
  if (acceptDigit === rejectDigit) return ".reject_digit: must be another key than accept_digit";
  const text = (field: string) => (rest[field] as string | null | undefined) ?? undefined;
  return {
    number: address as string,
    description: text("description") ?? "",
    message: text("message"),
    warm:
      mode === "warm"
        ? {
            acceptDigit: acceptDigit as string,
            rejectDigit: rejectDigit as string,
            briefing: text("briefing"),
            prompt: text("accept_prompt"),
          }
        : undefined,
  };
}

/**
 * The destination that a model means. It is asked for the number as it stands in its list; some write it without the
 * plus or with spaces, and some give the description. Whatever fits none of them is nobody: a model's invention must
 * not be called. Pure.
 */
export function findDestination(
  destinations: readonly TransferDestination[],
  given: string,
): TransferDestination | undefined {
  const bare = (text: string) => text.replaceAll(/[\s().+-]/g, "").toLowerCase();
  const wanted = bare(given);
  if (wanted === "") return undefined;
  return (
    destinations.find(({ number }) => number === given.trim()) ??
    destinations.find(({ number }) => bare(number) === wanted) ??
    destinations.find(({ description }) => bare(description) === wanted)
  );
}

function isTextOrNothing(value: unknown): boolean {
  return value === undefined || value === null || typeof value === "string";
}
