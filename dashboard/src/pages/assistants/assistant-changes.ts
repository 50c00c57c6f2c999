import { useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import type { Wire } from "../../api/wire.ts";
import { editable, type Document } from "./document.ts";
import { forgetDraft } from "./drafts.ts";

/** What one does with an assistant as a whole; afterwards every list of them is fetched anew. */
export function useAssistantChanges() {
  const queryClient = useQueryClient();
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ["assistants"] }),
      queryClient.invalidateQueries({ queryKey: ["assistant"] }),
      queryClient.invalidateQueries({ queryKey: ["assistant-versions"] }),
      queryClient.invalidateQueries({ queryKey: ["numbers"] }),
    ]);

  async function create(body: Document): Promise<Wire<"Assistant">> {
    const { assistant } = await need(api.POST("/api/v1/assistants", { body: body as { name: string } }));
    await refresh();
    return assistant;
  }

  async function update(id: string, body: Record<string, unknown>): Promise<Wire<"Assistant">> {
    const params = { path: { id } };
    const { assistant } = await need(api.PATCH("/api/v1/assistants/{id}", { params, body }));
    await refresh();
    return assistant;
  }

  return {
    create,
    update,
    /** The copy is a new assistant: with what can only be set afterwards, and a webhook secret of its own. */
    async duplicate(source: Document, name: string): Promise<Wire<"Assistant">> {
      const {
        webhook_secret: _secret,
        notification_emails: emails,
        recording_consent: consent,
        ...rest
      } = editable(source);
      const copy = await create({ ...rest, name });
      if (emails === null && consent === null) return copy;
      return update(copy.id, { notification_emails: emails, recording_consent: consent });
    },
    async remove(id: string): Promise<void> {
      await need(api.DELETE("/api/v1/assistants/{id}", { params: { path: { id } } }));
      forgetDraft(id);
      queryClient.removeQueries({ queryKey: ["assistant", id] });
      await refresh();
    },
  };
}
