import type { ApiClient } from "./api-client.ts";
import { CommandError } from "./command-error.ts";

/** For `connect`: the key is needed only to ask for the secret. */
export const OR_SECRET = ", or the receiver's secret with --secret";

/** The secret that signs what goes to the account's webhook. */
export async function readAccountSecret(api: ApiClient): Promise<string> {
  const { webhook } = (await api.get("/settings/webhook")) as { webhook?: { secret?: unknown } };
  if (typeof webhook?.secret === "string") return webhook.secret;
  throw new CommandError("The server did not tell the account webhook's secret.", {
    hint: "Pass it with --secret.",
  });
}

/** An assistant's own secret, or the account's where it has none: what the server itself would sign with. */
export async function readAssistantSecret(api: ApiClient, assistantId: string): Promise<string> {
  const { assistant } = (await api.get(`/assistants/${encodeURIComponent(assistantId)}`)) as {
    assistant?: { webhook_secret?: unknown };
  };
  const own = assistant?.webhook_secret;
  return typeof own === "string" && own !== "" ? own : readAccountSecret(api);
}
