import { z } from "zod";

const id = z.uuid();
const instant = z.iso.datetime();

export const roleShape = z
  .enum(["owner", "member", "read-only"])
  .meta({ id: "Role", description: "`member`: all but people, keys, settings and secrets." });

export const sessionShape = z
  .object({
    session_id: id,
    user: z.object({
      id,
      email: z.email(),
      name: z.string().nullable(),
      has_totp: z.boolean(),
      recovery_codes_left: z.int(),
      created_at: instant,
    }),
    organization_id: id
      .nullable()
      .meta({ description: "The one that requests are about; null: a member of none." }),
    organizations: z.array(
      z.object({
        id,
        name: z.string(),
        role: roleShape,
        is_operator: z
          .boolean()
          .meta({ description: "The installation's first organization: its owners see all users." }),
      }),
    ),
    csrf_token: z.string().meta({ description: "For `X-CSRF-Token` of whatever changes something." }),
  })
  .meta({ id: "Session" });

export const ownSessionShape = z
  .object({
    id,
    created_at: instant,
    last_seen_at: instant,
    expires_at: instant,
    address: z.string().nullable(),
    user_agent: z.string().nullable(),
    is_current: z.boolean(),
  })
  .meta({ id: "OwnSession" });

export const memberShape = z
  .object({
    id: id.meta({ description: "The user's." }),
    email: z.email(),
    name: z.string().nullable(),
    role: roleShape,
    has_totp: z.boolean(),
    created_at: instant,
    last_signed_in_at: instant.nullable(),
  })
  .meta({ id: "Member" });

const invitationFields = {
  id,
  email: z.email(),
  role: roleShape,
  created_by: z.string().nullable(),
  expires_at: instant,
};
export const invitationShape = z
  .object({ ...invitationFields, created_at: instant })
  .meta({ id: "Invitation" });
export const invitationCreatedShape = z
  .object({ ...invitationFields, url: z.url(), is_emailed: z.boolean() })
  .meta({ id: "InvitationCreated", description: "The link is shown this once." });

export const linkShape = z
  .object({
    purpose: z.enum(["welcome", "invitation", "password"]),
    email: z.email().nullable().meta({ description: "Null: whoever comes gives one." }),
    has_account: z
      .boolean()
      .meta({ description: "An invitation of who has an account is accepted with its password." }),
    has_totp: z.boolean(),
    organization_name: z.string().nullable(),
    role: roleShape.nullable(),
    created_by: z.string().nullable(),
    expires_at: instant,
  })
  .meta({ id: "OneTimeLink" });

export const linkCreatedShape = z
  .object({ url: z.url(), expires_at: instant })
  .meta({ id: "LinkCreated", description: "It works once, and is shown this once." });

export const userShape = z
  .object({
    id,
    email: z.email(),
    name: z.string().nullable(),
    has_totp: z.boolean(),
    organizations: z.array(z.object({ id, name: z.string(), role: roleShape })),
    created_at: instant,
    last_signed_in_at: instant.nullable(),
  })
  .meta({ id: "User" });
