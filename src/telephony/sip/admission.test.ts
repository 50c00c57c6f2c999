import { beforeEach, describe, expect, test } from "vitest";
import { createManualClock, type ManualClock } from "../../../test/harness/manual-clock.ts";
import type { InboundTrunk } from "../carrier.ts";
import { createAdmission, type Admission, type ScreenedRequest } from "./admission.ts";
import { answerChallenge, chooseChallenge } from "./digest.ts";
import { createNonces } from "./digest-nonce.ts";
import { createRefusalLimit } from "./refusal-limit.ts";

const trunk = (id: string, organizationId: string, password = "p"): InboundTrunk => ({
  id,
  organizationId,
  address: "pbx.example",
  port: 5_060,
  protocol: "UDP",
  credentials: { username: "pbx", password },
});
const PROVIDER = trunk("t1", "a");
const OTHER = trunk("t2", "a");
let byName: InboundTrunk[];
let clock: ManualClock;
let admission: Admission;

beforeEach(() => {
  byName = [];
  clock = createManualClock();
  const nowMs = () => clock.monotonicMs();
  admission = createAdmission({
    trunks: {
      knows: (address) => address === "192.0.2.1",
      at: (address, port) => (address !== "192.0.2.1" ? [] : port === 5_080 ? [OTHER, PROVIDER] : [PROVIDER]),
      named: (username) => (username === "pbx" ? byName : []),
      get haveDigest() {
        return byName.length > 0;
      },
    },
    allowed: [{ address: "127.0.0.0", prefixLength: 8, port: undefined }],
    nonces: createNonces({ secret: Buffer.alloc(32), nowMs }),
    limit: createRefusalLimit(nowMs),
  });
});

const request = (more: Partial<ScreenedRequest> = {}): ScreenedRequest => ({
  method: "INVITE",
  uri: "sip:+31850835037@x",
  address: "203.0.113.5",
  port: 5_060,
  transaction: "b1",
  authorization: undefined,
  ...more,
});
const screen = (more?: Partial<ScreenedRequest>) => admission.screen(request(more));

test.each([
  ["a trunk's address", { address: "192.0.2.1" }, { trunks: [PROVIDER], isAllowed: false }],
  [
    "its address and a port of it",
    { address: "192.0.2.1", port: 5_080 },
    { trunks: [OTHER, PROVIDER], isAllowed: false },
  ],
  ["an allowed range", { address: "127.9.9.9" }, { trunks: [], isAllowed: true }],
])("%s is admitted, whatever it asks for", (_sentence, more, source) => {
  for (const method of ["INVITE", "OPTIONS", "REGISTER", "ACK"])
    expect(screen({ ...more, method })).toEqual({ outcome: "admitted", source });
});

test("everybody else is refused, then dropped, and counted", () => {
  for (let time = 0; time < 5; time++) expect(screen()).toMatchObject({ status: "403 Forbidden" });
  for (let time = 0; time < 3; time++) expect(screen()).toEqual({ outcome: "dropped", closes: true });
  const open = { ofAddress: 0, total: 0 };
  expect(admission.mayConnect("203.0.113.5", open)).toBe(false);
  expect(admission.mayConnect("203.0.113.6", open)).toBe(true);
  expect(admission.counters).toEqual({ refused: 5, challenged: 0, dropped: 3 });
  clock.advance(60_000);
  expect(screen({ method: "OPTIONS" })).toMatchObject({ status: "403 Forbidden" });
});

test.each([
  [{ ofAddress: 9, total: 499 }, true],
  [{ ofAddress: 10, total: 10 }, false],
  [{ ofAddress: 0, total: 500 }, false],
])("with %j open, one more of a stranger's is %j, and of a trunk's always", (open, isWanted) => {
  expect(admission.mayConnect("203.0.113.6", open)).toBe(isWanted);
  expect(admission.mayConnect("192.0.2.1", open)).toBe(true);
});

test.each(["ACK", "CANCEL"])("%s from nobody is never answered", (method) => {
  expect(screen({ method })).toEqual({ outcome: "dropped", closes: false });
});

describe("by digest", () => {
  beforeEach(() => void byName.push(trunk("t2", "b")));

  function challenged(more?: Partial<ScreenedRequest>): string[] {
    const answer = screen(more);
    expect(answer).toMatchObject({ outcome: "refused", status: "401 Unauthorized" });
    return (answer as { headers: string[] }).headers.map((header) =>
      header.replace("WWW-Authenticate: ", ""),
    );
  }
  function answerTo(headers: string[], more: { password?: string; uri?: string; username?: string } = {}) {
    const { username = "pbx", password = "p", uri = request().uri } = more;
    return answerChallenge(
      chooseChallenge(headers)!,
      { username, password },
      { method: "INVITE", uri, cnonce: "c", nonceCount: 1 },
    );
  }

  test.each([0, 1])("a right answer admits, with either algorithm", (index) => {
    const authorization = answerTo([challenged()[index]!]);
    expect(screen({ authorization, transaction: "b2" })).toEqual({
      outcome: "admitted",
      source: { trunks: [byName[0]], isAllowed: false },
    });
  });

  test.each([
    ["a wrong password", { password: "q" }],
    ["an unknown user", { username: "admin" }],
    ["an answer for another number", { uri: "sip:+31900@x" }],
  ])("%s gets another challenge, a few times", (_sentence, more) => {
    const authorization = answerTo(challenged(), more);
    for (let time = 0; time < 5; time++) challenged({ authorization });
    expect(screen({ authorization })).toEqual({ outcome: "dropped", closes: true });
  });

  test("of trunks with the same user name those are taken whose password was meant", () => {
    byName.push(trunk("t3", "c"), trunk("t4", "d", "other"));
    expect(screen({ authorization: answerTo(challenged()) })).toMatchObject({
      source: { trunks: [{ id: "t2" }, { id: "t3" }] },
    });
  });

  test("a repeat is the same call; played again from elsewhere or later it is none", () => {
    const authorization = answerTo(challenged());
    expect(screen({ authorization }).outcome).toBe("admitted");
    expect(screen({ authorization }).outcome).toBe("admitted");
    expect(challenged({ authorization, transaction: "b9" })[0]).toContain("stale=true");
    expect(challenged({ authorization, port: 9 })[0]).toContain("stale=true");
    challenged({ authorization, address: "203.0.113.77" });
    clock.advance(61_000);
    expect(challenged({ authorization })[0]).toContain("stale=true");
  });

  test("a busy PBX is challenged for every call and never silenced", () => {
    for (let call = 0; call < 200; call++) {
      const transaction = `b${call}`;
      expect(screen({ authorization: answerTo(challenged()), transaction }).outcome).toBe("admitted");
      clock.advance(100);
    }
  });

  test("other methods are not asked for a password", () => {
    expect(screen({ method: "REGISTER" })).toMatchObject({ status: "403 Forbidden" });
  });
});
