import { z } from "zod";
import { ERROR_KINDS, type ErrorCode } from "../error-codes.ts";
import { auditOperations } from "./audit-operations.ts";
import { callOperations } from "./call-operations.ts";
import { coreOperations } from "./core-operations.ts";
import { campaignOperations } from "./campaign-operations.ts";
import { assistantOperations } from "./assistant-operations.ts";
import { byokOperations } from "./byok-operations.ts";
import { catalogOperations } from "./catalog-operations.ts";
import { liveOperations } from "./live-operations.ts";
import { keptOperations } from "./kept-operations.ts";
import { mcpOperations } from "./mcp-operations.ts";
import { mailOperations } from "./mail-operations.ts";
import type { Operation } from "./operation.ts";
import { peopleOperations } from "./people-operations.ts";
import { organizationOperations } from "./organization-operations.ts";
import { errorShape } from "./shapes.ts";
import { statsOperations } from "./stats-operations.ts";
import { webhookEvents } from "./webhook-events.ts";
import { webhookOperations } from "./webhook-operations.ts";

export const operations: readonly Operation[] = [
  ...coreOperations,
  ...assistantOperations,
  ...callOperations,
  ...liveOperations,
  ...statsOperations,
  ...keptOperations,
  ...byokOperations,
  ...catalogOperations,
  ...campaignOperations,
  ...mcpOperations,
  ...organizationOperations,
  ...mailOperations,
  ...webhookOperations,
  ...peopleOperations,
  ...auditOperations,
];

type Json = Record<string, unknown>;

/** What the groups of operations are about. */
const TAGS: Readonly<Record<string, string>> = {
  Health: "Whether the server is there.",
  Assistants: "Who answers: language model, speech, voice, tools, webhooks.",
  Numbers: "Telephone numbers, and what takes their calls.",
  Calls: "What was and is being talked; calling out, and stepping in.",
  Operation: "For who runs the server.",
  "Tool templates": "Tools to copy into assistants.",
  "Analysis templates": "Prompts and schemas to copy into assistants.",
  "SIP trunks": "How calls come in and go out.",
  Workflows: "Graphs that drive a number's calls.",
  Chats: "Deprecated; they answer, and are empty.",
  BYOK: "The organization's own keys for the services that calls use.",
  Voices: "What this server can speak with without a key.",
  Catalog: "Providers, models and ranges that assistants are checked against.",
  Campaigns: "Lists of people to call.",
  "MCP servers": "Where assistants get further tools from.",
  Usage: "Minutes.",
  Statistics: "How calls, turns and webhooks have done.",
  Organizations: "The organization of the key, its children, retention, balance.",
  "API keys": "Making and revoking keys.",
  Webhooks: "Settings, every event and attempt, replay, endpoints and their health.",
  "E-mail": "Reports by e-mail, and what became of them.",
  Me: "What people do about themselves.",
  Members: "The people of an organization, and who is invited.",
  Users: "Everybody of the installation, for its operator.",
  Sessions: "Signing in with e-mail and password, for the dashboard.",
  Domains: "The sending domain of the organization's own.",
};

/** The OpenAPI 3.1 document, made from the schemas that validate. */
export function openApiDocument(options: { version: string; serverUrl: string }): Json {
  const paths: Record<string, Json> = {};
  const components: Json = {};
  for (const operation of operations) {
    const path = operation.isAtRoot ? operation.path : `/api/v1${operation.path}`;
    (paths[path] ??= {})[operation.method] = toOperation(operation, components);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Switchhook",
      version: options.version,
      description:
        "Self-hosted voice-AI calls. Operations marked `x-extension` are not in the API that this one is compatible with.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: options.serverUrl }],
    security: [{ apiKey: [] }, { session: [] }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name, description: TAGS[name]! })),
    paths,
    webhooks: webhookEvents((schema) => toJson(schema, components, "output")),
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", bearerFormat: "fl_…" },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "switchhook_session",
          description:
            "An extension: the cookie of `POST /session` (over https `__Host-switchhook_session`). What changes something needs `X-CSRF-Token` besides, and what it may change is a matter of the role (`role_not_allowed`). `X-Switchhook-Organization` names the organization that is meant; without it, it is the one that the session looks at.",
        },
      },
      schemas: components,
    },
  };
}

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "Sent again with the same key within 24 hours, the request gets the first one's answer.",
  schema: { type: "string", minLength: 1, maxLength: 255 },
  "x-extension": true,
};

function toOperation(operation: Operation, components: Json): Json {
  const { method, path, query, body } = operation;
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: "path",
      required: true,
      schema: name === "version" ? { type: "integer", minimum: 1 } : { type: "string", format: "uuid" },
    })),
    ...(query ? queryParameters(query) : []),
    ...(takesIdempotencyKey(operation) ? [idempotencyKey] : []),
  ];
  return {
    operationId: operationId(method, path),
    summary: operation.summary,
    tags: [operation.tag],
    ...(operation.isDeprecated && { deprecated: true }),
    ...(operation.isExtension && { "x-extension": true }),
    ...(operation.isPublic && { security: [] }),
    ...(operation.isForPeople && { security: [{ session: [] }] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { content: { "application/json": { schema: toJson(body, components, "input") } } },
    }),
    responses: { ...answersOf(operation, components), ...errorsOf(operation, components) },
  };
}

function answersOf({ answers }: Operation, components: Json): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, schema, contentType }]) => [
      status,
      {
        description,
        ...((schema ?? contentType) !== undefined && {
          content: {
            [contentType ?? "application/json"]: schema
              ? { schema: toJson(schema, components, "output") }
              : {},
          },
        }),
      },
    ]),
  );
}

/** Refusals by status, each with its codes: clients branch on them. */
function errorsOf(operation: Operation, components: Json): Json {
  const content = { "application/json": { schema: toJson(errorShape, components, "output") } };
  const byStatus = Map.groupBy(errorCodesOf(operation), (code) => ERROR_KINDS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\`: ${ERROR_KINDS[code].error}`).join("; "),
        content,
      },
    ]),
  );
}

/** What people do about themselves is not repeated by programs, and its answers are for nobody else of the organization. */
function takesIdempotencyKey({ method, isPublic, isForPeople }: Operation): boolean {
  return method === "post" && !isPublic && !isForPeople;
}

/** Every refusal of an operation: those of its kind, and its own. */
export function errorCodesOf(operation: Operation): ErrorCode[] {
  const takesInput = operation.body !== undefined || operation.query !== undefined;
  return [
    ...(takesInput ? (["invalid_request"] as const) : []),
    ...(operation.isPublic ? [] : (["unauthorized", "rate_limit_exceeded"] as const)),
    ...(operation.isForPeople ? (["session_required"] as const) : []),
    ...(operation.isForPeople && operation.method !== "get" ? (["csrf_refused"] as const) : []),
    ...(takesIdempotencyKey(operation)
      ? (["idempotency_key_in_use", "idempotency_key_reused"] as const)
      : []),
    ...(operation.errors ?? []),
  ];
}

function queryParameters(query: z.ZodType): Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: "input", unrepresentable: "any" });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

/** Schemas with an id become components, referred to by name. */
function toJson(schema: z.ZodType, components: Json, io: "input" | "output"): Json {
  const {
    $schema: _dialect,
    $defs,
    ...json
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    reused: "inline",
  }) as Json;
  const moved = JSON.parse(
    JSON.stringify({ json, $defs }).replaceAll("#/$defs/", "#/components/schemas/"),
  ) as {
    json: Json;
    $defs?: Record<string, Json>;
  };
  for (const [name, definition] of Object.entries(moved.$defs ?? {}))
    components[name] = withoutId(definition);
  const { id } = moved.json as { id?: string };
  if (id === undefined) return moved.json;
  components[id] = withoutId(moved.json);
  return { $ref: `#/components/schemas/${id}` };
}

function withoutId({ id: _id, $schema: _dialect, ...definition }: Json): Json {
  return definition;
}

/** `listWebhookEvents`, `getWebhookEvent`, `postWebhookEventsReplay`: unique, and steady as long as the path is. */
function operationId(method: string, path: string): string {
  const words = path
    .split(/[/-]/)
    .filter((part) => part !== "")
    .map((part) => (part.startsWith("{") ? "One" : part[0]!.toUpperCase() + part.slice(1)));
  return method + words.join("");
}
