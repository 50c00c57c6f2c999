import { z } from "zod";
import { BYOK_PROVIDERS } from "../byok/byok-provider.ts";
import { byokConfigBody, byokKeyBody, byokProviderBody } from "../byok/byok-routes.ts";
import type { Operation } from "./operation.ts";

const byokKeysShape = z
  .object(Object.fromEntries(BYOK_PROVIDERS.map((name) => [`${name}_secret_id`, z.uuid().nullable()])))
  .meta({ id: "ByokKeys", description: "An id where there is a key; the keys are never returned." });
const changed = {
  200: { description: "Done", schema: z.object({ success: z.literal(true), byok_keys: byokKeysShape }) },
};
const common = { tag: "BYOK" } as const;

export const byokOperations: Operation[] = [
  {
    ...common,
    method: "get",
    path: "/byok",
    summary: "For which services the organization has keys of its own",
    answers: { 200: { description: "The ids", schema: z.object({ byok_keys: byokKeysShape }) } },
  },
  {
    ...common,
    method: "post",
    path: "/byok",
    summary: "Set or replace the key of a service",
    body: byokKeyBody,
    answers: changed,
  },
  {
    ...common,
    method: "delete",
    path: "/byok",
    summary: "Remove the key of a service; the server's own is used again",
    body: byokProviderBody,
    errors: ["byok_key_not_found"],
    answers: changed,
  },
  {
    ...common,
    method: "post",
    path: "/byok/config",
    summary: "Settings beside a key, merged into those that are there",
    body: byokConfigBody,
    errors: ["byok_key_missing"],
    answers: {
      200: {
        description: "The settings of all services",
        schema: z.object({ byok_config: z.record(z.string(), z.record(z.string(), z.unknown())) }),
      },
    },
  },
];
