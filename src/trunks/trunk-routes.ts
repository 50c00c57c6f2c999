import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { SecretBox } from "../secret-box.ts";
import type { Database } from "../db/database.ts";
import { createResourceStore } from "../db/resource-store.ts";
import { resourceRoutes } from "../http/resource-routes.ts";
import { parseBody } from "../http/validation.ts";
import { readTrunkAddress } from "./trunk-address.ts";

const text = z.string().max(255).regex(/\S/, "must not be empty");
const secret = z.string().min(1).max(255).nullish();
const transport = z.enum(["udp", "tcp", "tls"]).default("udp");

/** The shape of older documentation (`host`, `port`, `username`, `password`; facts 2.5) said in the words of today's. */
function inTodaysWords(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("host" in body) || "address" in body) return body;
  const { host, port, username, password, ...rest } = body as Record<string, unknown>;
  return {
    provider: "sip",
    ...rest,
    address: typeof host === "string" && typeof port === "number" ? `${host}:${port}` : host,
    auth_username: username,
    auth_password: password,
  };
}

export const trunkCreateBody = z.preprocess(
  inTodaysWords,
  z
    .object({
      name: text,
      provider: text,
      address: z.string().max(255),
      transport,
      auth_username: secret,
      auth_password: secret,
    })
    .superRefine((trunk, context) => {
      if (readTrunkAddress(trunk.address, trunk.transport)) return;
      const message = "must be a host name or an IP address, with or without a port: sip.example.com:5060";
      context.addIssue({ code: "custom", path: ["address"], message });
    }),
);

/** `/sip-trunks` (facts 2.5). No PATCH: a trunk is deleted and made anew. The password is never returned. */
export function trunkRoutes(server: FastifyInstance, options: { db: Database; secretBox: SecretBox }): void {
  resourceRoutes(server, {
    db: options.db,
    store: createResourceStore("sip_trunks"),
    path: "/sip-trunks",
    name: "trunk",
    plural: "trunks",
    notFound: "sip_trunk_not_found",
    toWire: (row) => ({
      id: row.id,
      org_id: row.organization_id,
      name: row.name,
      provider: row.provider,
      address: row.address,
      transport: row.transport,
      auth_username: row.auth_username,
      is_active: row.is_active,
      created_at: row.created_at,
      updated_at: row.updated_at,
    }),
    create(body) {
      const { auth_password: password, auth_username: username, ...trunk } = parseBody(trunkCreateBody, body);
      return {
        ...trunk,
        auth_username: username ?? null,
        auth_password: password ? options.secretBox.seal(password) : null,
      };
    },
  });
}
