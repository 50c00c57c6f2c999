import { z } from "zod";
import { readInstant } from "./instant.ts";

/** A number in a range, whose refusal names both ends: `must be from 0 to 2, got 3`. */
export function numberFrom(least: number, most: number) {
  const error = outsideOf(least, most);
  return z.number().min(least, { error }).max(most, { error });
}

export function wholeNumberFrom(least: number, most: number) {
  const error = outsideOf(least, most);
  return z.number().int().min(least, { error }).max(most, { error });
}

function outsideOf(least: number, most: number) {
  return ({ input }: { input?: unknown }) => `must be from ${least} to ${most}, got ${Number(input)}`;
}

/** For the few fields of the contract that take any number and move it into their range. */
export function clampedNumber(least: number, most: number) {
  return z.number().transform((value) => Math.min(most, Math.max(least, value)));
}

/**
 * A URL that we are to call.
 *
 * @param refuseUrl  why it cannot be called, as far as that can be said without resolving names; undefined when it can
 */
export function urlField(refuseUrl: (url: string) => string | undefined) {
  return z
    .string()
    .max(2_048)
    .superRefine((url, context) => {
      const reason = refuseUrl(url);
      if (reason) context.addIssue({ code: "custom", message: reason });
    });
}

/** A date or a time of a query, for one end of a period. */
export function instantField(side: "start" | "end") {
  return z.string("must be given once").transform((text, context) => {
    const date = readInstant(text, side);
    if (date) return date;
    const message =
      "must be an ISO 8601 date (2026-01-31) or a time with its zone (2026-01-31T12:00:00Z, or +02:00 with the + as %2B)";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });
}
