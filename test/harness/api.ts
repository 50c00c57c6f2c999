import type { AddressInfo } from "node:net";
import { buildApi } from "../../src/api.ts";
import { systemClock } from "../../src/clock.ts";
import { hashApiKey, newWebhookSecret, type SecretBox } from "../../src/crypto.ts";
import type { Database } from "../../src/db/database.ts";
import { newId } from "../../src/ids.ts";
import { createLogger } from "../../src/logger.ts";
import { defaultProviders } from "../../src/speech/default-providers.ts";
import { checkUrl } from "../../src/webhooks/url-guard.ts";

/** The API on a socket of its own, without telephony. */
export interface TestApi {
  request(
    method: string,
    path: string,
    options: { key?: string; body?: unknown; raw?: string },
  ): Promise<{ status: number; body: any }>;
  close(): Promise<void>;
}

export async function createTestApi(db: Database, secretBox: SecretBox): Promise<TestApi> {
  const server = await buildApi({
    db,
    secretBox,
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
    version: "test",
    acceptsAnyOpenAiModel: false,
    defaultProviders: () => defaultProviders({ hasOpenAi: false }),
    refuseUrl: (url) => {
      const check = checkUrl(url, []);
      return check.outcome === "refused" ? check.reason : undefined;
    },
  });
  await server.listen({ port: 0, host: "127.0.0.1" });
  const { port } = server.server.address() as AddressInfo;
  return {
    async request(method, path, { key, body, raw }) {
      const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
        method,
        headers: { "content-type": "application/json", ...(key && { authorization: `Bearer ${key}` }) },
        ...(text !== undefined && { body: text }),
      });
      return { status: response.status, body: await response.json() };
    },
    close: () => server.close(),
  };
}

/** An organization with one key. @returns its id */
export async function createOrganization(db: Database, secretBox: SecretBox, key: string): Promise<string> {
  const id = newId();
  const secret = secretBox.seal(newWebhookSecret());
  await db.insertInto("organizations").values({ id, name: key, webhook_secret: secret }).execute();
  await db
    .insertInto("api_keys")
    .values({ id: newId(), organization_id: id, name: "key", key_hash: hashApiKey(key) })
    .execute();
  return id;
}
