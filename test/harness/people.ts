import type { Database } from "../../src/db/database.ts";
import type { Role } from "../../src/http/auth.ts";
import { createPasswords } from "../../src/people/password.ts";
import { insertMembership, insertUser } from "../../src/people/user-store.ts";
import { CHEAP, type TestApi, type TestResponse } from "./api.ts";

export const PASSWORD = "three green bicycles";

/** @returns the user's id */
export async function addUser(
  db: Database,
  user: { email: string; password?: string; memberOf?: Record<string, Role> },
): Promise<string> {
  const passwordHash = await createPasswords(CHEAP).hash(user.password ?? PASSWORD);
  const userId = await insertUser(db, { email: user.email, name: null, passwordHash });
  if (userId === undefined) throw new Error(`${user.email} is there already`);
  for (const [organizationId, role] of Object.entries(user.memberOf ?? {})) {
    await insertMembership(db, { userId, organizationId, role });
  }
  return userId;
}

/** Somebody's browser: it has the cookie, and the page in it sends the token. */
export interface Browser {
  cookie: string;
  csrfToken: string;
  /** what the sign-in answered */
  session: any;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestResponse>;
}

export async function signIn(
  api: TestApi,
  email: string,
  more: { password?: string; totp_code?: string; recovery_code?: string } = {},
): Promise<Browser> {
  const answer = await api.request("POST", "/session", { body: { email, password: PASSWORD, ...more } });
  if (answer.status !== 200) throw new Error(`cannot sign in: ${JSON.stringify(answer.body)}`);
  return browserOf(api, answer);
}

/** @param answer  one that has set the cookie */
export function browserOf(api: TestApi, answer: TestResponse): Browser {
  const cookie = cookieOf(answer);
  const csrfToken: string = answer.body.csrf_token;
  return {
    cookie,
    csrfToken,
    session: answer.body,
    call: (method, path, body, headers) =>
      api.request(method, path, {
        ...(body !== undefined && { body }),
        headers: { cookie, ...(method !== "GET" && { "x-csrf-token": csrfToken }), ...headers },
      }),
  };
}

/** `name=value` of the one cookie that an answer sets. */
export function cookieOf(answer: TestResponse): string {
  return String(answer.headers["set-cookie"]).split(";", 1)[0]!;
}
