import type { FastifyInstance } from "fastify";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import type { SecretBox } from "../secret-box.ts";
import { isUuid } from "../ids.ts";
import { authorOf, changeAssistant, createAssistantCheck } from "./assistant-change.ts";
import { assistantOnWire } from "./assistant-on-wire.ts";
import { lockAssistant } from "./assistant-store.ts";
import {
  findVersion,
  listVersions,
  type AssistantVersion,
  type ListedVersion,
} from "./assistant-version-store.ts";
import { withToolSecretsOf } from "./tool-secrets.ts";

type OfVersion = { Params: { id: string; version: string } };

/** What an assistant was, and bringing it back. Extensions. */
export function assistantVersionRoutes(
  server: FastifyInstance,
  options: {
    db: Database;
    secretBox: SecretBox;
    unknownMcpServers(organizationId: string, ids: readonly string[]): Promise<string[]>;
  },
): void {
  const { db } = options;
  const check = createAssistantCheck(options.unknownMcpServers);

  async function find(organizationId: string, id: string, version: string): Promise<AssistantVersion> {
    const wanted = /^\d{1,9}$/.test(version) ? Number(version) : undefined;
    const found =
      isUuid(id) && wanted !== undefined ? await findVersion(db, organizationId, id, wanted) : undefined;
    if (!found) throw new ApiError("assistant_version_not_found");
    return found;
  }

  server.get<{ Params: { id: string } }>("/assistants/:id/versions", async (request) => {
    const { id } = request.params;
    const versions = isUuid(id) ? await listVersions(db, request.organizationId, id) : [];
    if (versions.length === 0) throw new ApiError("assistant_not_found");
    return { versions: versions.map(toListed) };
  });

  server.get<OfVersion>("/assistants/:id/versions/:version", async (request) => {
    const { id, version } = request.params;
    const found = await find(request.organizationId, id, version);
    return { version: { ...toListed(found), configuration: { name: found.name, ...found.configuration } } };
  });

  server.post<OfVersion>("/assistants/:id/versions/:version/restore", async (request) => {
    const { organizationId } = request;
    const { id, version } = request.params;
    const found = await find(organizationId, id, version);
    const assistant = await db.transaction().execute(async (tx) => {
      const saved = await lockAssistant(tx, organizationId, id);
      if (!saved) throw new ApiError("assistant_version_not_found");
      const configuration = withToolSecretsOf(found.configuration, saved.configuration);
      await check(organizationId, configuration);
      const wanted = { name: found.name, configuration, webhookSecret: saved.webhookSecret };
      return changeAssistant(tx, saved, wanted, authorOf(request));
    });
    return { assistant: assistantOnWire(assistant, options.secretBox) };
  });
}

function toListed({ version, name, changedBy, keyName, createdAt }: ListedVersion) {
  return {
    version,
    name,
    changed_by: changedBy && {
      type: changedBy.type,
      id: changedBy.id,
      name: changedBy.type === "person" ? changedBy.email : keyName,
    },
    created_at: createdAt,
  };
}
