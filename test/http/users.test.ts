import { generate } from "otplib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { insertLink } from "../../src/people/link-store.ts";
import { LINK_LIFE_MS } from "../../src/people/link.ts";
import { createManualClock } from "../harness/manual-clock.ts";
import { addUser, PASSWORD, signIn } from "../harness/people.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

const NEW_PASSWORD = "four yellow tandems";
const clock = createManualClock(new Date());
let two: TwoOrganizations;
beforeAll(async () => {
  two = await startTwoOrganizations("memory", { clock });
});
afterAll(() => two.close());

const post = (path: string, body: object) => two.api.request("POST", path, { body });
const tokenOf = (url: string) => /^http:\/\/[^/]+\/welcome#token=([\w-]{43})$/.exec(url)![1]!;

describe("the operator", () => {
  test("makes accounts, resets passwords and removes lost second factors; sessions end", async () => {
    const { call } = two.mine;
    const email = "made@d.example";
    const made = await call("POST", "/users", { email, password: NEW_PASSWORD, role: "member" });
    expect(made).toMatchObject({
      status: 201,
      body: { user: { email, organizations: [{ id: two.mine.id, role: "member" }] } },
    });
    const { id } = made.body.user;
    const browser = await signIn(two.api, email, { password: NEW_PASSWORD });
    const { secret } = (await browser.call("POST", "/me/totp", { password: NEW_PASSWORD })).body.totp;
    const code = await generate({ secret, epoch: Math.floor(clock.now().getTime() / 1_000) });
    await browser.call("POST", "/me/totp/confirm", { code });
    expect((await call("PATCH", `/users/${id}`, { password: "1234567890" })).status).toBe(400);
    const reset = await call("PATCH", `/users/${id}`, { password: PASSWORD, remove_totp: true });
    expect(reset.body.user).toMatchObject({ email, has_totp: false });
    expect((await browser.call("GET", "/session")).status).toBe(401);
    await signIn(two.api, email);
    expect((await call("GET", "/users")).body.users.map((each: any) => each.email)).toContain(email);
    expect(JSON.stringify((await call("GET", "/users")).body)).not.toContain("scrypt");
  });

  test("gives a link for a new password, which asks for the second factor, and ends the sessions", async () => {
    const email = "forgot@d.example";
    await addUser(two.database.db, { email, memberOf: { [two.mine.id]: "member" } });
    const before = await signIn(two.api, email);
    const { secret } = (await before.call("POST", "/me/totp", { password: PASSWORD })).body.totp;
    const code = () => generate({ secret, epoch: Math.floor(clock.now().getTime() / 1_000) });
    await before.call("POST", "/me/totp/confirm", { code: await code() });
    const answer = await two.mine.call("POST", `/users/${before.session.user.id}/link`, {});
    expect(answer.status).toBe(201);
    const token = tokenOf(answer.body.link.url);
    expect((await post("/links/look", { token })).body.link).toMatchObject({
      purpose: "password",
      email,
      has_totp: true,
    });
    const accept = (more: object) => post("/links/accept", { token, password: NEW_PASSWORD, ...more });
    expect((await accept({})).body.code).toBe("totp_code_required");
    expect((await accept({ totp_code: "000000" })).body.code).toBe("totp_code_refused");
    clock.advance(30_000);
    const accepted = await accept({ totp_code: await code() });
    expect(accepted).toMatchObject({ status: 200, body: { user: { email } } });
    expect((await before.call("GET", "/session")).status).toBe(401);
    expect((await accept({ totp_code: "1" })).body.code).toBe("link_over");
  });
});

describe("a new installation", () => {
  test("its first visitor becomes the owner, once", async () => {
    const fresh = await startTwoOrganizations("memory", { clock });
    try {
      const { db } = fresh.database;
      const send = (path: string, body: object) => fresh.api.request("POST", path, { body });
      const old = await insertLink(
        db,
        { purpose: "welcome" },
        new Date(clock.now().getTime() - LINK_LIFE_MS.welcome),
      );
      expect((await send("/links/look", { token: old.token })).body.code).toBe("link_over");
      const first = await fresh.mine.call("POST", "/users/welcome-link", {});
      const second = await fresh.mine.call("POST", "/users/welcome-link", {});
      const stale = tokenOf(first.body.link.url);
      expect((await send("/links/look", { token: stale })).body.code).toBe("link_not_found");
      const token = tokenOf(second.body.link.url);
      expect((await send("/links/look", { token })).body.link).toMatchObject({
        purpose: "welcome",
        email: null,
      });
      expect((await send("/links/accept", { token, password: PASSWORD })).body.details).toEqual([
        "email: is required",
      ]);
      const accept = (email: string) => send("/links/accept", { token, email, password: PASSWORD });
      const answers = await Promise.all([accept("ann@e.example"), accept("bob@e.example")]);
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410]);
      const { body } = answers.find(({ status }) => status === 200)!;
      expect(body.organizations).toEqual([expect.objectContaining({ id: fresh.mine.id, role: "owner" })]);
      // A link made before that is no way in, either.
      const late = await insertLink(db, { purpose: "welcome" }, clock.now());
      expect((await send("/links/look", { token: late.token })).body.code).toBe("link_over");
      expect((await fresh.mine.call("POST", "/users/welcome-link", {})).body.code).toBe("users_exist");
    } finally {
      await fresh.close();
    }
  });
});
