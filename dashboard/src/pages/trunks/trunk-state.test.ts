import { expect, test } from "vitest";
import { adviceOf, stateOf, type Trunk } from "./trunk-state.ts";

function trunk(more: {
  isActive?: boolean;
  reachability?: Partial<Trunk["reachability"]>;
  registration?: Partial<NonNullable<Trunk["registration"]>>;
}): Trunk {
  const unseen = { since: null, last_status: null, last_error: null };
  return {
    is_active: more.isActive ?? true,
    reachability: { ...unseen, state: "unknown", checked_at: null, latency_ms: null, ...more.reachability },
    registration: more.registration
      ? { ...unseen, state: "pending", expires_at: null, ...more.registration }
      : null,
  } as Trunk;
}

test.each([
  ["switched off", trunk({ isActive: false, reachability: { state: "up" } }), "off", undefined],
  ["it answers", trunk({ reachability: { state: "up" } }), "up", undefined],
  [
    "it answers and refuses us",
    trunk({ reachability: { state: "up" }, registration: { state: "failed", last_status: 403 } }),
    "refused",
    "credentials",
  ],
  [
    "it does not know the user",
    trunk({ registration: { state: "failed", last_status: 404 } }),
    "refused",
    "unknownUser",
  ],
  [
    "there is no such name",
    trunk({ reachability: { state: "down", last_error: "getaddrinfo ENOTFOUND sip.example" } }),
    "down",
    "wrongName",
  ],
  [
    "its certificate is not good",
    trunk({ reachability: { state: "down", last_error: "self-signed certificate" } }),
    "down",
    "certificate",
  ],
  [
    "it is overloaded",
    trunk({ reachability: { state: "down", last_status: 503, last_error: "SIP 503" } }),
    "down",
    "busy",
  ],
  [
    "nobody answers",
    trunk({ reachability: { state: "down", last_error: "no answer in 4 s" } }),
    "down",
    "silent",
  ],
])("%s", (_, given, state, advice) => {
  expect(stateOf(given)).toBe(state);
  expect(adviceOf(given)).toBe(advice);
});
