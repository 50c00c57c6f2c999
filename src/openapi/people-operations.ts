import { sessionChangeBody, signInBody } from "../people/session-routes.ts";
import type { Operation } from "./operation.ts";
import { sessionShape } from "./people-shapes.ts";
import { deleted } from "./resource-operations.ts";

const sessions = { tag: "Sessions", isExtension: true } as const;
const session = { 200: { description: "Who has signed in", schema: sessionShape } };

/** People who sign in; the dashboard uses these and the rest of the API. */
export const peopleOperations: Operation[] = [
  {
    ...sessions,
    method: "post",
    path: "/session",
    summary:
      "Sign in: the answer sets an http-only cookie, which the other operations then take instead of a key",
    isPublic: true,
    body: signInBody,
    errors: [
      "sign_in_refused",
      "totp_code_required",
      "totp_code_refused",
      "csrf_refused",
      "rate_limit_exceeded",
    ],
    answers: session,
  },
  {
    ...sessions,
    method: "get",
    path: "/session",
    summary: "Who has signed in, with their organizations and roles",
    isForPeople: true,
    answers: session,
  },
  {
    ...sessions,
    method: "patch",
    path: "/session",
    summary: "Look at another organization",
    isForPeople: true,
    body: sessionChangeBody,
    errors: ["not_a_member"],
    answers: session,
  },
  {
    ...sessions,
    method: "delete",
    path: "/session",
    summary: "Sign out",
    isForPeople: true,
    answers: deleted,
  },
];
