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
