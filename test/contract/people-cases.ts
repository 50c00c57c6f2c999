import { generate } from "otplib";
import { newId } from "../../src/ids.ts";
import { insertLink } from "../../src/people/link-store.ts";
import { newTotpSecret } from "../../src/people/totp.ts";
import { addUser, PASSWORD, signIn, type Browser } from "../harness/people.ts";
import type { TestResponse } from "../harness/api.ts";
import type { Case, Contract } from "./contract-cases.ts";

// The operations of people who sign in, and how they are refused.

let count = 0;
const newEmail = () => `person${++count}@a.example`;
const NEW_PASSWORD = "four yellow tandems";
const elsewhere = { origin: "https://evil.example" };

/** Somebody who has just signed in, as an owner. */
export const person = async (contract: Contract): Promise<Browser> => {
  const email = newEmail();
  await addUser(contract.db, { email, memberOf: { [contract.organizationId]: "owner" } });
  return signIn(contract.api, email);
};

type Fields = Record<string, unknown>;
const open = (contract: Contract, path: string, body: Fields, headers: Record<string, string> = {}) =>
  contract.api.request("POST", path, { body, headers });
const asPerson =
  (method: string, path: string, body?: Fields): Case =>
  async (contract) =>
    (await person(contract)).call(method, path, body);

/** Somebody with a second factor. */
const withTotp = async ({ db, secretBox, organizationId }: Contract) => {
  const email = newEmail();
  const userId = await addUser(db, { email, memberOf: { [organizationId]: "owner" } });
  const secret = newTotpSecret();
  await db
    .updateTable("users")
    .set({ totp_secret: secretBox.seal(secret) })
    .where("id", "=", userId)
    .execute();
  return { email, userId, secret };
};
/** The code of the next half minute: good now, and no sign-in has used it. */
const nextCode = (secret: string) => generate({ secret, epoch: Math.floor(Date.now() / 1_000) + 30 });
const signedInWithTotp = async (contract: Contract) => {
  const { email, secret } = await withTotp(contract);
  return { browser: await signIn(contract.api, email, { totp_code: await generate({ secret }) }), secret };
};

const newMember = ({ db, organizationId }: Contract) =>
  addUser(db, { email: newEmail(), memberOf: { [organizationId]: "member" } });
const invitation = ({ send }: Contract, email = newEmail()) =>
  send("POST", "/invitations", { email, role: "member" });
const tokenOf = ({ body }: TestResponse) => body.invitation.url.split("token=")[1] as string;
const invite = async (contract: Contract, email?: string) => tokenOf(await invitation(contract, email));
const passwordLink = async ({ db }: Contract, userId: string) =>
  (await insertLink(db, { purpose: "password", userId }, new Date())).token;
/** A link whose time has passed. */
const overLink = async ({ db, organizationId }: Contract) => {
  const link = { purpose: "invitation", organizationId, role: "member", email: newEmail() } as const;
  return (await insertLink(db, link, new Date(0))).token;
};
/** The same while there are no users, who come back afterwards. */
const withoutUsers =
  (run: Case): Case =>
  async (contract) => {
    const { db } = contract;
    const rows = await db.selectFrom("users").selectAll().execute();
    const memberships = await db.selectFrom("memberships").selectAll().execute();
    await db.deleteFrom("users").execute();
    const answer = await run(contract);
    for (const { totp_secret, totp_pending_secret, totp_last_step: _step, ...row } of rows) {
      await db.insertInto("users").values(row).execute();
      await db
        .updateTable("users")
        .set({ totp_secret, totp_pending_secret })
        .where("id", "=", row.id)
        .execute();
    }
    for (const row of memberships) await db.insertInto("memberships").values(row).execute();
    return answer;
  };
const untilLimited =
  (path: string, body: Fields): Case =>
  async ({ limited }) => {
    for (;;) {
      const answer = await limited.request("POST", path, { body });
      if (answer.status === 429) return answer;
    }
  };

export const peopleSucceed: Record<string, Case> = {
  "post /session": async (contract) => {
    const { email, secret } = await withTotp(contract);
    return open(contract, "/session", { email, password: PASSWORD, totp_code: await generate({ secret }) });
  },
  "get /session": asPerson("GET", "/session"),
  "patch /session": async (contract) =>
    (await person(contract)).call("PATCH", "/session", { organization_id: contract.organizationId }),
  "delete /session": asPerson("DELETE", "/session"),
  "post /links/look": async (contract) => open(contract, "/links/look", { token: await invite(contract) }),
  "post /links/accept": async (contract) =>
    open(contract, "/links/accept", { token: await invite(contract), password: NEW_PASSWORD, name: "Ann" }),
  "patch /me": asPerson("PATCH", "/me", { name: "Ann" }),
  "post /me/password": asPerson("POST", "/me/password", {
    current_password: PASSWORD,
    new_password: NEW_PASSWORD,
  }),
  "post /me/totp": asPerson("POST", "/me/totp", { password: PASSWORD }),
  "post /me/totp/confirm": async (contract) => {
    const { call } = await person(contract);
    const { secret } = (await call("POST", "/me/totp", { password: PASSWORD })).body.totp;
    return call("POST", "/me/totp/confirm", { code: await generate({ secret }) });
  },
  "delete /me/totp": async (contract) => {
    const { browser, secret } = await signedInWithTotp(contract);
    return browser.call("DELETE", "/me/totp", { password: PASSWORD, totp_code: await nextCode(secret) });
  },
  "post /me/recovery-codes": async (contract) =>
    (await signedInWithTotp(contract)).browser.call("POST", "/me/recovery-codes", { password: PASSWORD }),
  "get /me/sessions": asPerson("GET", "/me/sessions"),
  "delete /me/sessions/{id}": async (contract) => {
    const { call, session } = await person(contract);
    return call("DELETE", `/me/sessions/${session.session_id}`);
  },
  "get /audit-log": async (contract) => {
    await person(contract);
    return contract.send("GET", "/audit-log?action=session&limit=2");
  },
  "get /members": ({ send }) => send("GET", "/members"),
  "patch /members/{id}": async (contract) =>
    contract.send("PATCH", `/members/${await newMember(contract)}`, { role: "read-only" }),
  "delete /members/{id}": async (contract) =>
    contract.send("DELETE", `/members/${await newMember(contract)}`),
  "get /invitations": async (contract) => {
    await invitation(contract);
    return contract.send("GET", "/invitations");
  },
  "post /invitations": (contract) => invitation(contract),
  "delete /invitations/{id}": async (contract) =>
    contract.send("DELETE", `/invitations/${(await invitation(contract)).body.invitation.id}`),
  "get /users": ({ send }) => send("GET", "/users"),
  "post /users": ({ send }) => send("POST", "/users", { email: newEmail(), password: NEW_PASSWORD }),
  "patch /users/{id}": async (contract) =>
    contract.send("PATCH", `/users/${await newMember(contract)}`, { password: NEW_PASSWORD }),
  "post /users/{id}/link": async (contract) =>
    contract.send("POST", `/users/${await newMember(contract)}/link`, {}),
  "post /users/welcome-link": withoutUsers(({ send }) => send("POST", "/users/welcome-link", {})),
};

/** Asked by the second organization's key, which may not. */
const forbidden =
  (method: string, path: string, body?: Fields): Case =>
  (contract) =>
    contract.send(method, path, body, contract.otherKey);

export const peopleRefusals: Record<string, Case> = {
  "post /session sign_in_refused": (contract) =>
    open(contract, "/session", { email: newEmail(), password: PASSWORD }),
  "post /session totp_code_required": async (contract) =>
    open(contract, "/session", { email: (await withTotp(contract)).email, password: PASSWORD }),
  "post /session totp_code_refused": async (contract) =>
    open(contract, "/session", {
      email: (await withTotp(contract)).email,
      password: PASSWORD,
      totp_code: "12345",
    }),
  "post /session csrf_refused": (contract) =>
    open(contract, "/session", { email: newEmail(), password: PASSWORD }, elsewhere),
  "post /session rate_limit_exceeded": untilLimited("/session", { email: newEmail(), password: PASSWORD }),
  "patch /session not_a_member": asPerson("PATCH", "/session", { organization_id: "x" }),

  "post /links/look link_not_found": (contract) => open(contract, "/links/look", { token: "x" }),
  "post /links/look link_over": async (contract) =>
    open(contract, "/links/look", { token: await overLink(contract) }),
  "post /links/look csrf_refused": (contract) => open(contract, "/links/look", { token: "x" }, elsewhere),
  "post /links/look rate_limit_exceeded": untilLimited("/links/look", { token: "x" }),
  "post /links/accept link_not_found": (contract) =>
    open(contract, "/links/accept", { token: "x", password: NEW_PASSWORD }),
  "post /links/accept link_over": async (contract) =>
    open(contract, "/links/accept", { token: await overLink(contract), password: NEW_PASSWORD }),
  "post /links/accept csrf_refused": (contract) =>
    open(contract, "/links/accept", { token: "x", password: NEW_PASSWORD }, elsewhere),
  "post /links/accept rate_limit_exceeded": untilLimited("/links/accept", { token: "x", password: "x" }),
  "post /links/accept sign_in_refused": async (contract) => {
    const email = newEmail();
    await addUser(contract.db, { email });
    return open(contract, "/links/accept", { token: await invite(contract, email), password: NEW_PASSWORD });
  },
  "post /links/accept totp_code_required": async (contract) => {
    const { userId } = await withTotp(contract);
    const token = await passwordLink(contract, userId);
    return open(contract, "/links/accept", { token, password: NEW_PASSWORD });
  },
  "post /links/accept totp_code_refused": async (contract) => {
    const { userId } = await withTotp(contract);
    const token = await passwordLink(contract, userId);
    return open(contract, "/links/accept", { token, password: NEW_PASSWORD, totp_code: "1" });
  },
  "post /me/password password_wrong": asPerson("POST", "/me/password", {
    current_password: "wrong",
    new_password: NEW_PASSWORD,
  }),
  "post /me/totp password_wrong": asPerson("POST", "/me/totp", { password: "wrong" }),
  "post /me/totp/confirm totp_not_begun": asPerson("POST", "/me/totp/confirm", { code: "123456" }),
  "delete /me/totp password_wrong": asPerson("DELETE", "/me/totp", { password: "wrong" }),
  "delete /me/totp totp_not_begun": asPerson("DELETE", "/me/totp", { password: PASSWORD }),
  "post /me/recovery-codes password_wrong": asPerson("POST", "/me/recovery-codes", { password: "wrong" }),
  "post /me/recovery-codes totp_not_begun": asPerson("POST", "/me/recovery-codes", { password: PASSWORD }),
  "delete /me/sessions/{id} session_not_found": asPerson("DELETE", `/me/sessions/${newId()}`),

  "patch /members/{id} body": async () => ({ status: 0, headers: {}, body: { role: "member" } }),
  "patch /members/{id} last_owner": (contract) => lastOwner(contract, "PATCH", { role: "member" }),
  "delete /members/{id} last_owner": (contract) => lastOwner(contract, "DELETE"),
  "post /invitations already_member": async (contract) => {
    const email = newEmail();
    await addUser(contract.db, { email, memberOf: { [contract.organizationId]: "member" } });
    return invitation(contract, email);
  },
  "get /users forbidden": forbidden("GET", "/users"),
  "post /users forbidden": forbidden("POST", "/users", {}),
  "post /users organization_not_found": ({ send }) =>
    send("POST", "/users", { email: newEmail(), password: NEW_PASSWORD, organization_id: newId() }),
  "post /users user_exists": async (contract) => {
    const email = newEmail();
    await addUser(contract.db, { email });
    return contract.send("POST", "/users", { email, password: NEW_PASSWORD });
  },
  "patch /users/{id} forbidden": forbidden("PATCH", `/users/${newId()}`, {}),
  "post /users/{id}/link forbidden": forbidden("POST", `/users/${newId()}/link`, {}),
  "post /users/welcome-link forbidden": forbidden("POST", "/users/welcome-link", {}),
  "post /users/welcome-link users_exist": async (contract) => {
    await newMember(contract);
    return contract.send("POST", "/users/welcome-link", {});
  },
};

async function lastOwner(contract: Contract, method: string, body?: Fields): Promise<TestResponse> {
  const { body: made } = await contract.send("POST", "/organizations", { name: "Alone" });
  const id = await addUser(contract.db, { email: newEmail(), memberOf: { [made.id]: "owner" } });
  return contract.send(method, `/members/${id}`, body, made.api_key);
}
