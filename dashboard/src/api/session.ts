import { queryOptions, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { ApiFailure, need } from "./failure.ts";
import { api, setCsrfToken } from "./client.ts";
import { queryClient } from "./query-client.ts";
import type { Wire } from "./wire.ts";

export type Session = Wire<"Session">;
export type Role = Wire<"Role">;

/** null: nobody has signed in */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return accept(await need(api.GET("/api/v1/session", { signal })));
    } catch (error) {
      if (error instanceof ApiFailure && error.status === 401) return null;
      throw error;
    }
  },
  // It ends by the first 401 of whatever is asked.
  staleTime: Infinity,
});

/** For app.tsx; pages stand inside of a session and use {@link useSession}. */
export function useSessionState() {
  return useQuery(sessionQuery);
}

/** Who has signed in. Pages are shown to nobody else. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new Error("a page is shown without a session");
  return data;
}

/** What the reader is in the organization that is looked at. */
export function useRole(): Role {
  const session = useSession();
  const organization = session.organizations.find(({ id }) => id === session.organization_id);
  return organization?.role ?? "read-only";
}

/** `change`: all but people, keys, settings and secrets; `own`: those as well. The server decides; this hides what it would refuse. */
export function useMay(what: "change" | "own"): boolean {
  const role = useRole();
  return role === "owner" || (role === "member" && what === "change");
}

/** After a sign-in, and whenever the server tells of the session anew. */
export function startSession(session: Session): void {
  queryClient.setQueryData(sessionQuery.queryKey, accept(session));
}

/** Everything that was fetched belonged to whoever is gone. */
export function endSession(): void {
  setCsrfToken(undefined);
  queryClient.setQueryData(sessionQuery.queryKey, null);
  queryClient.removeQueries({ predicate: isNotSession });
}

/** What is on the screen, and what was, belongs to another organization: it is fetched anew. */
export async function changeOrganization(session: Session): Promise<void> {
  startSession(session);
  await queryClient.resetQueries({ predicate: isNotSession });
}

function isNotSession({ queryKey }: { queryKey: readonly unknown[] }): boolean {
  return queryKey[0] !== sessionQuery.queryKey[0];
}

function accept(session: Session): Session {
  setCsrfToken(session.csrf_token);
  return session;
}
