import type { Role } from "../../api/session.ts";
import { useMembersWords } from "./members-words.ts";

const ROLES = ["owner", "member", "read-only"] as const satisfies readonly Role[];

/** For a Select. */
export function useRoleChoices() {
  const words = useMembersWords();
  return ROLES.map((value) => ({ value, label: words[value] }));
}
