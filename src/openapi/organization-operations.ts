import { apiKeyCreateBody, apiKeyListQuery, apiKeyUpdateBody } from "../organizations/api-key-routes.ts";
import {
  minutesBody,
  organizationChangeBody,
  organizationCreateBody,
  organizationQuery,
} from "../organizations/organization-routes.ts";
import type { Operation } from "./operation.ts";
import {
  apiKeyCreatedShape,
  apiKeyShape,
  organizationCreatedShape,
  organizationShape,
  retentionShape,
} from "./organization-shapes.ts";
import { deleted, wrapped } from "./resource-operations.ts";
import { z } from "zod";

const organizations = { tag: "Organizations" } as const;
const keys = { tag: "API keys", isExtension: true } as const;

export const organizationOperations: Operation[] = [
  {
    ...organizations,
    method: "get",
    path: "/organizations",
    summary: "The organization of the API key, not wrapped",
    query: organizationQuery,
    answers: { 200: { description: "The organization", schema: organizationShape } },
  },
  {
    ...organizations,
    method: "post",
    path: "/organizations",
    summary:
      "Create an organization, or with parent_org_id a child; its API key is shown once. Who has signed in becomes its owner",
    body: organizationCreateBody,
    errors: ["forbidden"],
    answers: { 201: { description: "Created", schema: organizationCreatedShape } },
  },
  {
    ...organizations,
    method: "patch",
    path: "/organizations",
    summary: "How long the content and the metadata of calls are kept; and the name",
    body: organizationChangeBody,
    answers: { 200: { description: "Done", schema: retentionShape } },
  },
  {
    ...organizations,
    method: "patch",
    path: "/organizations/{id}/minutes",
    summary: "Set the balance of an organization that pays for itself; null: unlimited",
    isExtension: true,
    body: minutesBody,
    errors: ["forbidden", "organization_not_found"],
    answers: { 200: { description: "The organization", schema: organizationShape } },
  },
  {
    ...organizations,
    method: "get",
    path: "/account",
    summary: "The old name of GET /organizations",
    isDeprecated: true,
    answers: { 200: { description: "The organization", schema: organizationShape } },
  },
  {
    ...keys,
    method: "get",
    path: "/api-keys",
    summary: "The keys of the organization, or of a child; never the keys themselves",
    query: apiKeyListQuery,
    errors: ["organization_not_found"],
    answers: wrapped("api_keys", z.array(apiKeyShape)),
  },
  {
    ...keys,
    method: "post",
    path: "/api-keys",
    summary: "Make a key, which is shown this once",
    body: apiKeyCreateBody,
    errors: ["organization_not_found"],
    answers: wrapped("api_key", apiKeyCreatedShape, 201),
  },
  {
    ...keys,
    method: "patch",
    path: "/api-keys/{id}",
    summary: "Rename a key",
    body: apiKeyUpdateBody,
    errors: ["api_key_not_found"],
    answers: wrapped("api_key", apiKeyShape),
  },
  {
    ...keys,
    method: "delete",
    path: "/api-keys/{id}",
    summary: "Revoke a key; it stays in the list",
    query: apiKeyListQuery,
    errors: ["api_key_not_found", "organization_not_found", "last_api_key"],
    answers: deleted,
  },
];
