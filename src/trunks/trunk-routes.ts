import type { FastifyInstance } from "fastify";
import type { Clock } from "../clock.ts";
import type { SecretBox } from "../secret-box.ts";
import type { Database } from "../db/database.ts";
import { createResourceStore } from "../db/resource-store.ts";
import { resourceRoutes } from "../http/resource-routes.ts";
import { parseBody } from "../http/validation.ts";
import { trunkChangeBody, trunkCreateBody } from "./trunk-body.ts";
import { toWireTrunk } from "./trunk-view.ts";

/**
 * `/sip-trunks` (facts 2.5). PATCH is ours: a trunk that many numbers refer to need not be taken away for a new password.
 * The password is never returned.
 */
export function trunkRoutes(
  server: FastifyInstance,
  options: { db: Database; secretBox: SecretBox; clock: Clock },
): void {
  const { secretBox } = options;
  resourceRoutes(server, {
    db: options.db,
    store: createResourceStore("sip_trunks"),
    path: "/sip-trunks",
    name: "trunk",
    plural: "trunks",
    notFound: "sip_trunk_not_found",
    toWire: (row) => toWireTrunk(row, options.clock.now()),
    create(body) {
      const {
        auth_password: password,
        auth_username: username,
        calls_per_second: callsPerSecond,
        ...trunk
      } = parseBody(trunkCreateBody, body);
      return {
        ...trunk,
        calls_per_second: callsPerSecond ?? null,
        auth_username: username ?? null,
        auth_password: password ? secretBox.seal(password) : null,
      };
    },
    update(body, row) {
      const { auth_password: password, ...changes } = parseBody(trunkChangeBody, body);
      const before = toWireTrunk(row, options.clock.now());
      // The password that is kept is not opened for this: that there is one is all that is asked.
      const kept = row.auth_password === null ? null : "kept";
      parseBody(trunkCreateBody, {
        ...before,
        ...changes,
        auth_password: password === undefined ? kept : password,
      });
      return {
        ...changes,
        ...(password !== undefined && { auth_password: password ? secretBox.seal(password) : null }),
      };
    },
  });
}
