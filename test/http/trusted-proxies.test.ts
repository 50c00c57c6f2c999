import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TestResponse } from "../harness/api.ts";
import { addUser, browserOf, PASSWORD } from "../harness/people.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

// Every request comes from 127.0.0.1. What else it says of where it comes from counts where that is a trusted proxy.

const PER_EMAIL = 1;
/** Five times as many sign-ins from one address. */
const PER_ADDRESS = 5;
const WINDOW_MS = 600_000;
const LONG_ENOUGH_MS = 5_000;

let two: TwoOrganizations;
/** so that each e-mail is a new one */
let people = 0;

async function start(trustedProxies: string[]): Promise<void> {
  two = await startTwoOrganizations("socket", {
    trustedProxies,
    rateLimits: {
      requestsPerMinute: 0,
      sessionRequestsPerMinute: 0,
      signInsPerEmail: PER_EMAIL,
      controlsPerMinute: 0,
    },
  });
}
/** All sign-ins of a test in one of the clock's ten minutes: where little is left of them, the next are waited for. */
beforeEach(async () => {
  const leftMs = WINDOW_MS - (Date.now() % WINDOW_MS);
  if (leftMs < LONG_ENOUGH_MS) await new Promise((resolve) => setTimeout(resolve, leftMs + 50));
});

/** Each with an e-mail that nobody has tried. */
const guess = (forwardedFor: string) =>
  two.api.request("POST", "/session", {
    body: { email: `guess${++people}@a.example`, password: "wrong password" },
    headers: { "x-forwarded-for": forwardedFor },
  });
async function statusesOf(count: number, forwardedFor: (index: number) => string): Promise<number[]> {
  const statuses = [];
  for (let index = 0; index < count; index++) statuses.push((await guess(forwardedFor(index))).status);
  return statuses;
}
async function signInAs(email: string, headers: Record<string, string>): Promise<TestResponse> {
  await addUser(two.database.db, { email, memberOf: { [two.mine.id]: "owner" } });
  return two.api.request("POST", "/session", { body: { email, password: PASSWORD }, headers });
}
/** Where the audit log, and the person's list of sessions, say that a sign-in came from. */
async function notedOf(email: string, forwardedFor: string): Promise<unknown[]> {
  const answer = await signInAs(email, { "x-forwarded-for": forwardedFor });
  const { body } = await two.mine.call("GET", "/audit-log?action=session.started");
  const entry = body.audit_log.find(({ actor }: { actor: { name: string } }) => actor.name === email);
  const { body: mine } = await browserOf(two.api, answer).call("GET", "/me/sessions");
  return [entry.address, mine.sessions[0].address];
}
const serverUrl = async (headers: Record<string, string>): Promise<string> => {
  const response = await fetch(`${two.api.url()}/api/openapi.json`, { headers });
  return ((await response.json()) as { servers: { url: string }[] }).servers[0]!.url;
};
const ELSEWHERE = { "x-forwarded-proto": "https", "x-forwarded-host": "calls.example.org" };
const FROM_ELSEWHERE = { ...ELSEWHERE, origin: "https://calls.example.org" };

describe.each([
  ["nobody", []],
  ["others", ["192.0.2.9", "127.0.0.2", "::1"]],
])("where %s is trusted", (_who, trustedProxies) => {
  beforeAll(() => start(trustedProxies));
  afterAll(() => two.close());

  test("X-Forwarded-For changes nothing: not who is noted, and not whose limit it is", async () => {
    expect(await notedOf("ann@a.example", "203.0.113.7")).toEqual(["127.0.0.1", "127.0.0.1"]);
    const statuses = await statusesOf(PER_ADDRESS, (index) => `203.0.113.${index}`);
    // The sign-in before was the first.
    expect(statuses).toEqual([401, 401, 401, 401, 429]);
  });

  test("nor do X-Forwarded-Host and -Proto: not the server's URL, and not what is its own page", async () => {
    expect(await serverUrl(ELSEWHERE)).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await signInAs("bob@a.example", FROM_ELSEWHERE)).toMatchObject({
      status: 403,
      body: { code: "csrf_refused" },
    });
  });
});

describe.each([["loopback"], ["127.0.0.0/24"], ["127.0.0.1"]])("where %s is trusted", (trusted) => {
  beforeAll(() => start(["192.0.2.9", trusted]));
  afterAll(() => two.close());

  test("the address that the proxy tells is noted", async () => {
    expect(await notedOf("ann@a.example", "203.0.113.90")).toEqual(["203.0.113.90", "203.0.113.90"]);
    // What the client wrote itself stands before what the proxy adds.
    expect(await notedOf("bob@a.example", "198.51.100.1, 203.0.113.91")).toContain("203.0.113.91");
    expect(await notedOf("cat@a.example", "198.51.100.1, 203.0.113.92, 192.0.2.9")).toContain("203.0.113.92");
  });

  test.each([
    ["203.0.113.93:4711", "203.0.113.93"],
    ["2001:db8::93", "2001:db8::93"],
    ["[2001:db8::94]:4711", "2001:db8::94"],
    ["[2001:db8::95]", "2001:db8::95"],
    ["unknown", "127.0.0.1"],
    ["", "127.0.0.1"],
  ])("%j is %s", async (forwardedFor, address) => {
    expect(await notedOf(`person${++people}@a.example`, forwardedFor)).toEqual([address, address]);
  });

  test("each client has a limit of its own, whatever port it comes from", async () => {
    expect(await statusesOf(PER_ADDRESS, (index) => `203.0.113.7:${4_000 + index}`)).toEqual(
      Array.from({ length: PER_ADDRESS }, () => 401),
    );
    expect((await guess("203.0.113.7")).status).toBe(429);
    expect((await guess("198.51.100.1, 203.0.113.7")).status).toBe(429);
    expect((await guess("203.0.113.8")).status).toBe(401);
  });

  test("so is the URL by which the server was asked; the cookie is Secure by PUBLIC_URL alone", async () => {
    expect(await serverUrl(ELSEWHERE)).toBe("https://calls.example.org");
    const answer = await signInAs("dan@a.example", FROM_ELSEWHERE);
    expect(answer.status).toBe(200);
    expect(answer.headers["set-cookie"]).not.toContain("Secure");
    const other = await signInAs("eve@a.example", { ...FROM_ELSEWHERE, origin: "https://evil.example" });
    expect(other.body.code).toBe("csrf_refused");
  });
});
