import type { FastifyInstance } from "fastify";
import { createPasswords, type ScryptCost } from "./password.ts";
import { createSessionChecks, type SessionChecks } from "./session-check.ts";
import { sessionRoutes, signInRoute, type SessionRoutesOptions } from "./session-routes.ts";
import { createSignIn, type SignInOptions } from "./sign-in.ts";

export interface People extends Pick<SessionChecks, "check" | "refuse"> {
  /** without a key or a session */
  publicRoutes(server: FastifyInstance): void;
  /** behind the check: what people do about themselves */
  ownRoutes(server: FastifyInstance): void;
}

/** People who sign in, and what they may do: api.ts joins it with the rest. */
export function createPeople(
  options: Omit<SignInOptions, "passwords"> &
    Pick<SessionRoutesOptions, "publicUrl" | "findOperator"> & { passwordCost?: ScryptCost },
): People {
  const checks = createSessionChecks(options);
  const passwords = createPasswords(options.passwordCost);
  const sessions = { ...options, checks, signIn: createSignIn({ ...options, passwords }) };
  return {
    ...checks,
    publicRoutes: (server) => signInRoute(server, sessions),
    ownRoutes: (server) => sessionRoutes(server, sessions),
  };
}
