import { useLocation } from "wouter";
import { api } from "../api/client.ts";
import { need } from "../api/failure.ts";
import { changeOrganization } from "../api/session.ts";

/** Goes to the first page of another organization that the reader is a member of. What it gives throws an ApiFailure. */
export function useOpenOrganization(): (id: string) => Promise<void> {
  const [, navigate] = useLocation();
  return async (id) => {
    const session = await need(api.PATCH("/api/v1/session", { body: { organization_id: id } }));
    // The address may be of something that the other organization does not have.
    navigate("/");
    await changeOrganization(session);
  };
}
