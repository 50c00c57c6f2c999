import type { FastifyInstance, FastifyRequest } from "fastify";
import { linkRoutes, type LinkRoutesOptions } from "./link-routes.ts";
import { createNoteOwn, type OwnAuditOptions } from "./own-audit.ts";
import { meRoutes } from "./me-routes.ts";
import { memberRoutes, type MemberRoutesOptions } from "./member-routes.ts";
import { createPasswords, type ScryptCost } from "./password.ts";
import { createSessionChecks, type SessionChecks } from "./session-check.ts";
import { sessionRoutes, signInRoute } from "./session-routes.ts";
import { createSignIn, type SignInOptions } from "./sign-in.ts";
import { userRoutes } from "./user-routes.ts";

export interface People extends Pick<SessionChecks, "check" | "refuse"> {
  /** without a key or a session */
  publicRoutes(server: FastifyInstance): void;
  /** behind the check: what people do about themselves */
  ownRoutes(server: FastifyInstance): void;
  /** behind the check: the people of an organization, and of the installation */
  memberRoutes(server: FastifyInstance): void;
}

export type PeopleOptions = Omit<SignInOptions, "passwords"> &
  OwnAuditOptions &
  Pick<LinkRoutesOptions, "publicUrl" | "findOperator" | "findOrganizationName"> &
  Pick<MemberRoutesOptions, "sendInvitation"> & { passwordCost?: ScryptCost };

/** People who sign in, and what they may do: api.ts joins it with the rest. */
export function createPeople(options: PeopleOptions): People {
  const checks = createSessionChecks(options);
  const passwords = createPasswords(options.passwordCost);
  const parts = {
    ...options,
    checks,
    passwords,
    noteOwn: createNoteOwn(options),
    signIn: createSignIn({ ...options, passwords }),
    baseUrlOf: (request: FastifyRequest) => options.publicUrl ?? `${request.protocol}://${request.host}`,
  };
  return {
    ...checks,
    publicRoutes(server) {
      signInRoute(server, parts);
      linkRoutes(server, parts);
    },
    ownRoutes(server) {
      sessionRoutes(server, parts);
      meRoutes(server, parts);
    },
    memberRoutes(server) {
      memberRoutes(server, parts);
      userRoutes(server, parts);
    },
  };
}
