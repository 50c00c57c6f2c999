import { generate } from "otplib";
import { newTotpSecret } from "../../src/people/totp.ts";
import { addUser, PASSWORD, signIn, type Browser } from "../harness/people.ts";
import type { Case, Contract } from "./contract-cases.ts";

// The operations of people who sign in, and how they are refused.

let count = 0;
const newEmail = () => `person${++count}@a.example`;

/** Somebody who has just signed in, as an owner. */
export const person = async (contract: Contract): Promise<Browser> => {
  const email = newEmail();
  await addUser(contract.db, { email, memberOf: { [contract.organizationId]: "owner" } });
  return signIn(contract.api, email);
};

const signInWith = (contract: Contract, body: object, headers: Record<string, string> = {}) =>
  contract.api.request("POST", "/session", { body, headers });

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
  return { email, password: PASSWORD, secret };
};

export const peopleSucceed: Record<string, Case> = {
  "post /session": async (contract) => {
    const { secret, ...body } = await withTotp(contract);
    return signInWith(contract, { ...body, totp_code: await generate({ secret }) });
  },
  "get /session": async (contract) => (await person(contract)).call("GET", "/session"),
  "patch /session": async (contract) =>
    (await person(contract)).call("PATCH", "/session", { organization_id: contract.organizationId }),
  "delete /session": async (contract) => (await person(contract)).call("DELETE", "/session"),
};

export const peopleRefusals: Record<string, Case> = {
  "post /session sign_in_refused": (contract) =>
    signInWith(contract, { email: newEmail(), password: PASSWORD }),
  "post /session totp_code_required": async (contract) => {
    const { email, password } = await withTotp(contract);
    return signInWith(contract, { email, password });
  },
  "post /session totp_code_refused": async (contract) => {
    const { email, password } = await withTotp(contract);
    return signInWith(contract, { email, password, totp_code: "12345" });
  },
  "post /session csrf_refused": (contract) =>
    signInWith(contract, { email: newEmail(), password: PASSWORD }, { origin: "https://evil.example" }),
  "post /session rate_limit_exceeded": async (contract) => {
    const body = { email: newEmail(), password: PASSWORD };
    for (;;) {
      const answer = await contract.limited.request("POST", "/session", { body });
      if (answer.status === 429) return answer;
    }
  },
  "patch /session not_a_member": async (contract) =>
    (await person(contract)).call("PATCH", "/session", { organization_id: "x" }),
};
