import { MAX_AGE_SECONDS, sign } from "../../webhooks/signature.ts";
import { isSuccess } from "../forward.ts";
import { expectAccepted, expectRefused, type CheckGroup } from "./check.ts";

const OTHER_SECRET = "whsec_of_somebody_else";
/** a minute beyond the limit, so that two clocks may differ by almost as much */
const STALE_SECONDS = MAX_AGE_SECONDS + 60;
const VERIFY = "Compare X-Webhook-Signature with your own HMAC, and answer 401 where they differ.";

/** Requests that nobody who knows the secret has sent, and two that merely look as if. */
export const forgeryChecks: CheckGroup = {
  title: "Forged and stale requests",
  checks: [
    {
      id: "wrong-signature",
      title: "refuses a signature made with another secret",
      run: async (kit) =>
        expectRefused(await kit.send(kit.event(kit.carrier), { secret: OTHER_SECRET }), VERIFY),
    },
    {
      id: "empty-secret",
      title: "refuses a signature made with an empty secret",
      run: async (kit) =>
        expectRefused(
          await kit.send(kit.event(kit.carrier), { secret: "" }),
          "Refuse to start without a secret: with an empty one anybody can sign.",
        ),
    },
    {
      id: "malformed-signature",
      title: "refuses a signature of the wrong form",
      run: async (kit) =>
        expectRefused(
          await kit.send(kit.event(kit.carrier), { headers: { "X-Webhook-Signature": "sha256=00" } }),
          VERIFY,
        ),
    },
    {
      id: "missing-signature",
      title: "refuses a request without a signature",
      run: async (kit) =>
        expectRefused(
          await kit.send(kit.event(kit.carrier), { headers: { "X-Webhook-Signature": null } }),
          "Every event is signed: answer 401 to one that is not.",
        ),
    },
    {
      id: "missing-timestamp",
      title: "refuses a request without a timestamp",
      run: async (kit) =>
        expectRefused(
          await kit.send(kit.event(kit.carrier), { headers: { "X-Webhook-Timestamp": null } }),
          "The timestamp is part of what is signed: answer 401 where it is missing.",
        ),
    },
    {
      id: "changed-body",
      title: "refuses a body that was changed after signing",
      async run(kit) {
        const event = kit.event(kit.carrier);
        const body = Buffer.from(event.body.toString().replace("+31612345678", "+31612345679"));
        return expectRefused(await kit.send(event, { body }), "Sign over the body as well as the timestamp.");
      },
    },
    {
      id: "changed-timestamp",
      title: "refuses a timestamp that was changed after signing",
      async run(kit) {
        // An old request, caught and sent again with a fresh time.
        const event = kit.event(kit.carrier);
        const stale = sign(kit.secret, kit.nowSeconds() - STALE_SECONDS, event.body);
        return expectRefused(
          await kit.send(event, { headers: { "X-Webhook-Signature": stale } }),
          "Sign over <timestamp>.<raw body>, with the timestamp of the header.",
        );
      },
    },
    {
      id: "old-timestamp",
      title: `refuses what was signed more than ${MAX_AGE_SECONDS} s ago`,
      run: async (kit) =>
        expectRefused(
          await kit.send(kit.event(kit.carrier), { ageSeconds: STALE_SECONDS }),
          `Refuse where X-Webhook-Timestamp is more than ${MAX_AGE_SECONDS} s from now: a request that was caught could be sent again for ever.`,
        ),
    },
    {
      id: "future-timestamp",
      title: "refuses what was signed in the far future",
      async run(kit) {
        const answer = await kit.send(kit.event(kit.carrier), { ageSeconds: -STALE_SECONDS });
        const advice = `Compare the absolute difference: Math.abs(now - timestamp) > ${MAX_AGE_SECONDS}.`;
        const finding = expectRefused(answer, advice);
        // Only somebody with the secret can make one, so this is no hole by itself.
        return isSuccess(answer) ? { verdict: "warn", seen: finding.seen, advice } : finding;
      },
    },
    {
      id: "slow-clock",
      title: "bears clocks that differ by a minute",
      async run(kit) {
        const answer = await kit.send(kit.event(kit.carrier), { ageSeconds: 60 });
        const advice = `Allow ${MAX_AGE_SECONDS} s: clocks differ, and requests may wait in a queue on the way.`;
        const finding = expectAccepted(answer, advice);
        return finding.verdict === "fail" ? { verdict: "warn", seen: finding.seen, advice } : finding;
      },
    },
    {
      id: "noise",
      title: "refuses what is not JSON and not signed",
      run: async (kit) =>
        expectRefused(
          await kit.plain({
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: Buffer.from('{"message":'),
          }),
          "Verify the signature before the body is parsed, and answer 401.",
        ),
    },
  ],
};
