import { z } from "zod";
import { linkAcceptBody, linkBody } from "../people/link-routes.ts";
import {
  meBody,
  passwordBody,
  passwordChangeBody,
  totpConfirmBody,
  totpRemoveBody,
} from "../people/me-routes.ts";
import { invitationBody, memberBody } from "../people/member-routes.ts";
import { sessionChangeBody, signInBody } from "../people/session-routes.ts";
import { userCreateBody, userUpdateBody } from "../people/user-routes.ts";
import type { Operation } from "./operation.ts";
import {
  invitationCreatedShape,
  invitationShape,
  linkCreatedShape,
  linkShape,
  memberShape,
  ownSessionShape,
  sessionShape,
  userShape,
} from "./people-shapes.ts";
import { deleted, wrapped } from "./resource-operations.ts";

const sessions = { tag: "Sessions", isExtension: true } as const;
const me = { tag: "Me", isExtension: true, isForPeople: true } as const;
const members = { tag: "Members", isExtension: true } as const;
const users = { tag: "Users", isExtension: true } as const;

const session = { 200: { description: "Who has signed in", schema: sessionShape } };
const recoveryCodes = {
  200: {
    description: "Ten, each good for one sign-in; shown this once",
    schema: z.object({ recovery_codes: z.array(z.string()) }),
  },
};

const sessionOperations: Operation[] = [
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
  {
    ...sessions,
    method: "post",
    path: "/links/look",
    summary: "What a one-time link is for",
    isPublic: true,
    body: linkBody,
    errors: ["link_not_found", "link_over", "csrf_refused", "rate_limit_exceeded"],
    answers: wrapped("link", linkShape),
  },
  {
    ...sessions,
    method: "post",
    path: "/links/accept",
    summary: "Use a one-time link up, and sign in: the first owner, somebody invited, a new password",
    isPublic: true,
    body: linkAcceptBody,
    errors: [
      "link_not_found",
      "link_over",
      "sign_in_refused",
      "totp_code_required",
      "totp_code_refused",
      "csrf_refused",
      "rate_limit_exceeded",
    ],
    answers: session,
  },
];

const meOperations: Operation[] = [
  {
    ...me,
    method: "patch",
    path: "/me",
    summary: "Change your name",
    body: meBody,
    answers: wrapped("user", z.object({ id: z.uuid(), name: z.string().nullable() })),
  },
  {
    ...me,
    method: "post",
    path: "/me/password",
    summary: "Change your password; your other sessions end",
    body: passwordChangeBody,
    errors: ["password_wrong"],
    answers: deleted,
  },
  {
    ...me,
    method: "post",
    path: "/me/totp",
    summary: "Begin with a second factor: a secret for an authenticator app, in force once it is confirmed",
    body: passwordBody,
    errors: ["password_wrong"],
    answers: wrapped(
      "totp",
      z.object({ secret: z.string(), uri: z.string().meta({ description: "To show as a QR code." }) }),
      201,
    ),
  },
  {
    ...me,
    method: "post",
    path: "/me/totp/confirm",
    summary: "Prove that the app shows the right code: from now on it is asked for",
    body: totpConfirmBody,
    errors: ["totp_not_begun"],
    answers: recoveryCodes,
  },
  {
    ...me,
    method: "delete",
    path: "/me/totp",
    summary: "Remove the second factor",
    body: totpRemoveBody,
    errors: ["password_wrong", "totp_not_begun"],
    answers: deleted,
  },
  {
    ...me,
    method: "post",
    path: "/me/recovery-codes",
    summary: "New recovery codes instead of those before",
    body: passwordBody,
    errors: ["password_wrong", "totp_not_begun"],
    answers: recoveryCodes,
  },
  {
    ...me,
    method: "get",
    path: "/me/sessions",
    summary: "Where you have signed in, the latest used first",
    answers: wrapped("sessions", z.array(ownSessionShape)),
  },
  {
    ...me,
    method: "delete",
    path: "/me/sessions/{id}",
    summary: "End one of your sessions",
    errors: ["session_not_found"],
    answers: deleted,
  },
];

const memberOperations: Operation[] = [
  {
    ...members,
    method: "get",
    path: "/members",
    summary: "The people of the organization",
    answers: wrapped("members", z.array(memberShape)),
  },
  {
    ...members,
    method: "patch",
    path: "/members/{id}",
    summary: "Change somebody's role; the last owner stays one",
    body: memberBody,
    errors: ["member_not_found", "last_owner"],
    answers: wrapped("member", memberShape),
  },
  {
    ...members,
    method: "delete",
    path: "/members/{id}",
    summary: "Remove somebody from the organization; their account stays",
    errors: ["member_not_found", "last_owner"],
    answers: deleted,
  },
  {
    ...members,
    method: "get",
    path: "/invitations",
    summary: "Invitations that nobody has taken yet",
    answers: wrapped("invitations", z.array(invitationShape)),
  },
  {
    ...members,
    method: "post",
    path: "/invitations",
    summary: "Invite somebody: a link that works once, for a week; e-mailed where e-mail is configured",
    body: invitationBody,
    errors: ["already_member"],
    answers: wrapped("invitation", invitationCreatedShape, 201),
  },
  {
    ...members,
    method: "delete",
    path: "/invitations/{id}",
    summary: "Take an invitation back",
    errors: ["invitation_not_found"],
    answers: deleted,
  },
];

const userOperations: Operation[] = [
  {
    ...users,
    method: "get",
    path: "/users",
    summary: "Everybody of the installation",
    errors: ["forbidden"],
    answers: wrapped("users", z.array(userShape)),
  },
  {
    ...users,
    method: "post",
    path: "/users",
    summary: "Make an account, as a member of an organization",
    body: userCreateBody,
    errors: ["forbidden", "organization_not_found", "user_exists"],
    answers: wrapped("user", userShape, 201),
  },
  {
    ...users,
    method: "patch",
    path: "/users/{id}",
    summary: "Set a password, or remove a lost second factor; the person's sessions end",
    body: userUpdateBody,
    errors: ["forbidden", "user_not_found"],
    answers: wrapped("user", userShape),
  },
  {
    ...users,
    method: "post",
    path: "/users/{id}/link",
    summary: "A link that works once, for a day, by which somebody sets a new password",
    errors: ["forbidden", "user_not_found"],
    answers: wrapped("link", linkCreatedShape, 201),
  },
  {
    ...users,
    method: "post",
    path: "/users/welcome-link",
    summary: "The link for the first visitor, who becomes the installation's owner",
    errors: ["forbidden", "users_exist"],
    answers: wrapped("link", linkCreatedShape, 201),
  },
];

/** People who sign in; the dashboard uses these and the rest of the API. */
export const peopleOperations: Operation[] = [
  ...sessionOperations,
  ...meOperations,
  ...memberOperations,
  ...userOperations,
];
