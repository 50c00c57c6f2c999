import { generate } from "otplib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPasswords } from "../../src/people/password.ts";
import { createManualClock } from "../harness/manual-clock.ts";
import { addUser, browserOf, PASSWORD, signIn } from "../harness/people.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

const NEW_PASSWORD = "four yellow tandems";
const DAY_MS = 24 * 3_600_000;
const clock = createManualClock(new Date());
let two: TwoOrganizations;
const sent: { email: string; url: string; organizationName: string }[] = [];
beforeAll(async () => {
  two = await startTwoOrganizations("memory", {
    clock,
    sendInvitation: (invitation) => {
      sent.push(invitation);
      return Promise.resolve(true);
    },
  });
});
afterAll(() => two.close());

let count = 0;
/** @returns their e-mail */
async function somebody(role: "owner" | "member" | "read-only" = "owner"): Promise<string> {
  const email = `p${++count}@a.example`;
  await addUser(two.database.db, { email, memberOf: { [two.mine.id]: role } });
  return email;
}
const post = (path: string, body: object) => two.api.request("POST", path, { body });
const tokenOf = (url: string) => /^http:\/\/[^/]+\/welcome#token=([\w-]{43})$/.exec(url)![1]!;

describe("a password", () => {
  test("is changed with the one before; the other sessions end, this one stays", async () => {
    const email = await somebody();
    const [here, there] = [await signIn(two.api, email), await signIn(two.api, email)];
    const change = (current_password: string, new_password: string) =>
      here.call("POST", "/me/password", { current_password, new_password });
    expect(await change("wrong", NEW_PASSWORD)).toMatchObject({
      status: 403,
      body: { code: "password_wrong" },
    });
    expect(await change(PASSWORD, "password1234")).toMatchObject({
      status: 400,
      body: { details: [expect.stringMatching(/^new_password: is one of those that are tried first/)] },
    });
    expect((await there.call("GET", "/session")).status).toBe(200);
    expect((await change(PASSWORD, NEW_PASSWORD)).status).toBe(200);
    expect((await there.call("GET", "/session")).status).toBe(401);
    expect((await here.call("GET", "/session")).status).toBe(200);
    await expect(signIn(two.api, email)).rejects.toThrow("sign_in_refused");
    await signIn(two.api, email, { password: NEW_PASSWORD });
  });

  test("that was hashed more cheaply is hashed anew when it is next right", async () => {
    const email = await somebody();
    const { db } = two.database;
    const read = async () =>
      (
        await db
          .selectFrom("users")
          .select("password_hash")
          .where("email", "=", email)
          .executeTakeFirstOrThrow()
      ).password_hash!;
    const cheaper = await createPasswords({ N: 512, r: 8, p: 1 }).hash(PASSWORD);
    await db.updateTable("users").set({ password_hash: cheaper }).where("email", "=", email).execute();
    await expect(signIn(two.api, email, { password: "wrong" })).rejects.toThrow("sign_in_refused");
    expect(await read()).toBe(cheaper);
    await signIn(two.api, email);
    expect(await read()).toMatch(/^\$scrypt\$N=1024,/);
    await signIn(two.api, email);
  });
});

describe("a second factor", () => {
  const codeAt = (secret: string, stepsFromNow = 0) =>
    generate({ secret, epoch: Math.floor(clock.now().getTime() / 1_000) + stepsFromNow * 30 });

  async function enrolled() {
    const email = await somebody();
    const browser = await signIn(two.api, email);
    const { secret, uri } = (await browser.call("POST", "/me/totp", { password: PASSWORD })).body.totp;
    expect(uri).toContain(secret);
    const confirmed = await browser.call("POST", "/me/totp/confirm", { code: await codeAt(secret) });
    return { email, browser, secret, codes: confirmed.body.recovery_codes as string[] };
  }

  test("is in force once it is confirmed, and no sooner", async () => {
    const email = await somebody();
    const browser = await signIn(two.api, email);
    expect((await browser.call("POST", "/me/totp", { password: "wrong" })).body.code).toBe("password_wrong");
    const { secret } = (await browser.call("POST", "/me/totp", { password: PASSWORD })).body.totp;
    await signIn(two.api, email);
    expect(await browser.call("POST", "/me/totp/confirm", { code: "000000" })).toMatchObject({ status: 400 });
    const { body } = await browser.call("POST", "/me/totp/confirm", { code: await codeAt(secret) });
    expect(body.recovery_codes).toHaveLength(10);
    expect((await browser.call("GET", "/session")).body.user).toMatchObject({
      has_totp: true,
      recovery_codes_left: 10,
    });
    await expect(signIn(two.api, email)).rejects.toThrow("totp_code_required");
  });

  test("a code is good once: not for a second sign-in, nor at the same moment", async () => {
    const { email, secret } = await enrolled();
    // The one that confirmed it is used up as well.
    await expect(signIn(two.api, email, { totp_code: await codeAt(secret) })).rejects.toThrow(
      "totp_code_refused",
    );
    clock.advance(30_000);
    const totp_code = await codeAt(secret);
    await signIn(two.api, email, { totp_code });
    await expect(signIn(two.api, email, { totp_code })).rejects.toThrow("totp_code_refused");
    clock.advance(30_000);
    const next = await codeAt(secret);
    const atOnce = await Promise.allSettled(
      Array.from({ length: 5 }, () => signIn(two.api, email, { totp_code: next })),
    );
    expect(atOnce.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    // One of before, which is still within the window, comes too late.
    await expect(signIn(two.api, email, { totp_code: await codeAt(secret, -1) })).rejects.toThrow(
      "totp_code_refused",
    );
    await expect(signIn(two.api, email, { totp_code: await codeAt(secret, 5) })).rejects.toThrow(
      "totp_code_refused",
    );
  });

  test("a wrong password is not told that there is one", async () => {
    const { email } = await enrolled();
    await expect(signIn(two.api, email, { password: "wrong" })).rejects.toThrow("sign_in_refused");
    await expect(signIn(two.api, email, { password: "wrong", totp_code: "1" })).rejects.toThrow(
      "sign_in_refused",
    );
  });

  test("a recovery code is good once, however it is typed; new ones take the place of all", async () => {
    const { email, browser, codes } = await enrolled();
    await signIn(two.api, email, { recovery_code: codes[0]!.toUpperCase().replaceAll("-", " ") });
    await expect(signIn(two.api, email, { recovery_code: codes[0]! })).rejects.toThrow("totp_code_refused");
    expect((await browser.call("GET", "/session")).body.user.recovery_codes_left).toBe(9);
    const renewed = await browser.call("POST", "/me/recovery-codes", { password: PASSWORD });
    await expect(signIn(two.api, email, { recovery_code: codes[1]! })).rejects.toThrow("totp_code_refused");
    await signIn(two.api, email, { recovery_code: renewed.body.recovery_codes[0] });
  });

  test("is removed with the password and a code", async () => {
    const { email, browser, secret } = await enrolled();
    const remove = (more: object) => browser.call("DELETE", "/me/totp", { password: PASSWORD, ...more });
    expect((await remove({})).body.details).toEqual(["totp_code: is required, or a recovery_code"]);
    expect((await remove({ totp_code: "1" })).body.details).toEqual([
      "totp_code: is wrong, or has been used",
    ]);
    clock.advance(30_000);
    expect((await remove({ totp_code: await codeAt(secret) })).status).toBe(200);
    await signIn(two.api, email);
  });

  test("no secret of it is kept as it is", async () => {
    const { email, secret, codes } = await enrolled();
    const { db } = two.database;
    const user = await db
      .selectFrom("users")
      .selectAll()
      .where("email", "=", email)
      .executeTakeFirstOrThrow();
    const kept = await db.selectFrom("recovery_codes").selectAll().where("user_id", "=", user.id).execute();
    const text = JSON.stringify([user, kept]) + user.totp_secret!.toString("latin1");
    for (const each of [secret, PASSWORD, ...codes]) expect(text).not.toContain(each);
  });
});

describe("sessions", () => {
  test("are listed to their owner, and ended one by one", async () => {
    const email = await somebody();
    const here = await signIn(two.api, email);
    const there = await signIn(two.api, email);
    const { sessions } = (await here.call("GET", "/me/sessions")).body;
    expect(sessions).toHaveLength(2);
    expect(sessions.filter((each: any) => each.is_current)).toEqual([
      expect.objectContaining({ id: here.session.session_id, address: "127.0.0.1" }),
    ]);
    expect((await here.call("DELETE", `/me/sessions/${there.session.session_id}`)).status).toBe(200);
    expect((await there.call("GET", "/session")).status).toBe(401);
    // Another person's is not there.
    const other = await signIn(two.api, await somebody());
    for (const id of [here.session.session_id, "x"]) {
      expect((await other.call("DELETE", `/me/sessions/${id}`)).body.code).toBe("session_not_found");
    }
    expect((await here.call("GET", "/session")).status).toBe(200);
  });

  test("a name is changed by its bearer", async () => {
    const { call } = await signIn(two.api, await somebody("read-only"));
    expect((await call("PATCH", "/me", { name: "Ann" })).body.user.name).toBe("Ann");
    expect((await call("GET", "/session")).body.user.name).toBe("Ann");
    expect((await call("PATCH", "/me", { name: " " })).status).toBe(400);
  });
});

describe("members", () => {
  test("are listed, changed and removed; what they may follows at once", async () => {
    const owner = await signIn(two.api, await somebody());
    const email = await somebody("member");
    const bob = await signIn(two.api, email);
    const find = async () =>
      (await owner.call("GET", "/members")).body.members.find((each: any) => each.email === email);
    const { id, role } = await find();
    expect(role).toBe("member");
    expect((await bob.call("POST", "/assistants", { name: "x" })).status).toBe(201);
    expect((await owner.call("PATCH", `/members/${id}`, { role: "read-only" })).body.member.role).toBe(
      "read-only",
    );
    expect((await bob.call("POST", "/assistants", { name: "x" })).status).toBe(403);
    expect((await owner.call("DELETE", `/members/${id}`)).status).toBe(200);
    expect((await bob.call("GET", "/assistants")).body.code).toBe("not_a_member");
    expect(await find()).toBeUndefined();
  });

  test("the last owner stays one, also when two go at the same moment", async () => {
    const { db } = two.database;
    const ids = [];
    for (const email of ["one@b.example", "two@b.example"]) {
      ids.push(await addUser(db, { email, memberOf: { [two.theirs.id]: "owner" } }));
    }
    const { call } = two.theirs;
    const answers = await Promise.all([
      call("DELETE", `/members/${ids[0]}`),
      call("PATCH", `/members/${ids[1]}`, { role: "member" }),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const owners = (await call("GET", "/members")).body.members.filter((each: any) => each.role === "owner");
    expect(owners).toHaveLength(1);
    expect((await call("PATCH", `/members/${owners[0].id}`, { role: "owner" })).status).toBe(200);
    expect(await call("DELETE", `/members/${owners[0].id}`)).toMatchObject({
      status: 409,
      body: { code: "last_owner" },
    });
  });
});

describe("an invitation", () => {
  const invite = async (email: string, role = "member", by = two.mine) => {
    const answer = await by.call("POST", "/invitations", { email, role });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return { ...answer.body.invitation, token: tokenOf(answer.body.invitation.url) };
  };

  test("is a link that works once; it is e-mailed, and tells what it is", async () => {
    const made = await invite("New@C.example");
    expect(made).toMatchObject({ email: "new@c.example", role: "member", is_emailed: true });
    expect(sent.at(-1)).toMatchObject({ email: "new@c.example", url: made.url });
    expect((await two.mine.call("GET", "/invitations")).body.invitations).toEqual([
      expect.objectContaining({ id: made.id, email: "new@c.example" }),
    ]);
    expect((await post("/links/look", { token: made.token })).body.link).toMatchObject({
      purpose: "invitation",
      email: "new@c.example",
      has_account: false,
      organization_name: expect.any(String),
      role: "member",
    });
    const accept = (password: string) => post("/links/accept", { token: made.token, password });
    expect((await accept("short")).body.details[0]).toMatch(/^password: must have 10 to 200/);
    const accepted = await accept(NEW_PASSWORD);
    expect(accepted).toMatchObject({ status: 200, body: { organizations: [{ role: "member" }] } });
    expect((await browserOf(two.api, accepted).call("GET", "/assistants")).status).toBe(200);
    expect(await accept(NEW_PASSWORD)).toMatchObject({ status: 410, body: { code: "link_over" } });
    expect((await post("/links/look", { token: made.token })).status).toBe(410);
    expect((await two.mine.call("GET", "/invitations")).body.invitations).toEqual([]);
    expect(
      (await two.mine.call("POST", "/invitations", { email: "new@c.example", role: "owner" })).body.code,
    ).toBe("already_member");
    await signIn(two.api, "new@c.example", { password: NEW_PASSWORD });
  });

  test("used by two at once it makes one member", async () => {
    const { token } = await invite("twice@c.example");
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => post("/links/accept", { token, password: NEW_PASSWORD })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test("who has an account joins with its password, and their second organization is beside the first", async () => {
    const email = await somebody("read-only");
    const { token } = await invite(email, "owner", two.theirs);
    expect((await post("/links/look", { token })).body.link.has_account).toBe(true);
    // Whoever else has the link does not get into the account by it.
    expect((await post("/links/accept", { token, password: NEW_PASSWORD })).body.code).toBe(
      "sign_in_refused",
    );
    const accepted = await post("/links/accept", { token, password: PASSWORD });
    expect(accepted.body).toMatchObject({
      organization_id: two.theirs.id,
      organizations: [
        { id: two.mine.id, role: "read-only" },
        { id: two.theirs.id, role: "owner" },
      ],
    });
  });

  test("ends after a week, when it is taken back, and when there is a newer one", async () => {
    const { token } = await invite("late@c.example");
    clock.advance(7 * DAY_MS);
    expect((await post("/links/accept", { token, password: NEW_PASSWORD })).body.code).toBe("link_over");
    const first = await invite("again@c.example");
    const second = await invite("again@c.example");
    expect((await post("/links/look", { token: first.token })).body.code).toBe("link_not_found");
    expect((await two.theirs.call("DELETE", `/invitations/${second.id}`)).status).toBe(404);
    expect((await two.mine.call("DELETE", `/invitations/${second.id}`)).status).toBe(200);
    expect((await post("/links/look", { token: second.token })).body.code).toBe("link_not_found");
  });
});
