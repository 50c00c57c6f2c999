import type { Queryable } from "../db/database.ts";
import { csrfTokenOf } from "./session.ts";
import { countRecoveryCodes } from "./totp-store.ts";
import { findUser, listMemberships } from "./user-store.ts";

/** What a page needs to know of who has signed in: `GET /session`, and what a sign-in answers. */
export async function viewSession(
  db: Queryable,
  session: { id: string; token: string; userId: string; organizationId: string },
  findOperator: (db: Queryable) => Promise<string>,
) {
  const user = (await findUser(db, session.userId))!;
  const memberships = await listMemberships(db, session.userId);
  const operatorId = await findOperator(db);
  return {
    session_id: session.id,
    user: {
      id: user.id,
      email: user.email,
      name: user.name,
      has_totp: user.totpSecret !== null,
      recovery_codes_left: await countRecoveryCodes(db, user.id),
      created_at: user.createdAt,
    },
    organization_id: session.organizationId || null,
    organizations: memberships.map(({ organizationId, organizationName, role }) => ({
      id: organizationId,
      name: organizationName,
      role,
      is_operator: organizationId === operatorId,
    })),
    csrf_token: csrfTokenOf(session.token),
  };
}
