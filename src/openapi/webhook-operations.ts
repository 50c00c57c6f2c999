import { z } from "zod";
import { endpointChange } from "../webhooks/endpoint-routes.ts";
import { eventListQuery, replayBody } from "../webhooks/event-routes.ts";
import { streamQuery } from "../webhooks/event-stream-routes.ts";
import { rotationBody } from "../webhooks/previous-secrets.ts";
import { webhookTestBody } from "../webhooks/webhook-test-routes.ts";
import { webhookSettingsBody } from "../organizations/webhook-settings-routes.ts";
import type { Operation } from "./operation.ts";
import {
  accountWebhookShape,
  attemptShape,
  endpointShape,
  operationalEventShape,
  replayShape,
  webhookEventShape,
} from "./shapes.ts";

const tag = "Webhooks";
const common = { tag, isExtension: true } as const;
const ok = (schema: z.ZodType, description = "Done") => ({ 200: { description, schema } });
const settings = ok(z.object({ webhook: accountWebhookShape }), "The webhook, its secret in clear");
const shown = accountWebhookShape
  .extend({ secret: z.string().nullable().meta({ description: "Null for people who are not owners." }) })
  .meta({ id: "WebhookSettingsShown" });
const event = z.object({ webhook_event: webhookEventShape });
const replay = z.object({ webhook_replay: replayShape });
const endpoint = z.object({ webhook_endpoint: endpointShape });
const tested = ok(
  z.object({ webhook_event_id: z.uuid(), attempt: attemptShape.nullable() }),
  "What came of it; `attempt` is null when it is still under way after 12 s",
);

/** All of the webhook side: extensions, since the product has these in its dashboard only or not at all. */
export const webhookOperations: Operation[] = [
  {
    ...common,
    method: "get",
    path: "/settings/webhook",
    summary: "The account webhook",
    answers: ok(z.object({ webhook: shown }), "The webhook, its secret in clear"),
  },
  {
    ...common,
    method: "patch",
    path: "/settings/webhook",
    summary: "Change the account webhook; a secret of null makes a new one",
    body: webhookSettingsBody(() => undefined),
    answers: settings,
  },
  {
    ...common,
    method: "post",
    path: "/settings/webhook/rotate-secret",
    summary: "Replace the account's secret; the old one goes on signing beside it for a while",
    body: rotationBody,
    answers: settings,
  },
  {
    ...common,
    method: "post",
    path: "/assistants/{id}/webhook/rotate-secret",
    errors: ["assistant_not_found"],
    summary: "Replace an assistant's secret",
    body: rotationBody,
    answers: settings,
  },
  {
    ...common,
    method: "post",
    path: "/settings/webhook/test",
    errors: ["webhook_url_missing", "webhook_endpoint_disabled"],
    summary: "Send an example of an event to the account webhook, by the path of a delivery",
    body: webhookTestBody,
    answers: tested,
  },
  {
    ...common,
    method: "post",
    path: "/assistants/{id}/webhook/test",
    errors: ["assistant_not_found", "webhook_url_missing", "webhook_endpoint_disabled"],
    summary: "Send an example of an event to where this assistant's go",
    body: webhookTestBody,
    answers: tested,
  },
  {
    ...common,
    method: "get",
    path: "/webhook-events",
    summary: "What was sent, the newest first",
    query: eventListQuery,
    answers: ok(
      z.object({ webhook_events: z.array(webhookEventShape), next_cursor: z.string().nullable() }),
      "A page",
    ),
  },
  {
    ...common,
    method: "get",
    path: "/webhook-events/stream",
    summary:
      "Events as they happen (server-sent events), each with headers signed at this moment; with attempts=true every attempt too",
    query: streamQuery,
    answers: { 200: { description: "text/event-stream; `Last-Event-ID` resumes" } },
  },
  {
    ...common,
    method: "post",
    path: "/webhook-events/replay",
    summary: "Send many events again; with dry_run, only count them",
    body: replayBody,
    answers: {
      200: { description: "dry_run: how many", schema: z.object({ count: z.int() }) },
      202: { description: "It is under way", schema: replay },
    },
  },
  {
    ...common,
    method: "get",
    path: "/webhook-events/{id}",
    errors: ["webhook_event_not_found"],
    summary: "One event, with its body",
    answers: ok(event),
  },
  {
    ...common,
    method: "get",
    path: "/webhook-events/{id}/attempts",
    errors: ["webhook_event_not_found"],
    summary: "Every request that was made for an event, explained",
    answers: ok(z.object({ attempts: z.array(attemptShape) })),
  },
  {
    ...common,
    method: "post",
    path: "/webhook-events/{id}/replay",
    errors: ["webhook_event_not_found", "webhook_event_not_replayable"],
    summary: "Send one event again: same id, same bytes, new signature",
    answers: { 202: { description: "It is pending", schema: event } },
  },
  {
    ...common,
    method: "get",
    path: "/webhook-replays/{id}",
    errors: ["webhook_replay_not_found"],
    summary: "How far a bulk replay is",
    answers: ok(replay),
  },
  {
    ...common,
    method: "post",
    path: "/webhook-replays/{id}/pause",
    errors: ["webhook_replay_not_found"],
    summary: "Pause a bulk replay",
    answers: ok(replay),
  },
  {
    ...common,
    method: "post",
    path: "/webhook-replays/{id}/resume",
    errors: ["webhook_replay_not_found"],
    summary: "Go on with a bulk replay",
    answers: ok(replay),
  },
  {
    ...common,
    method: "get",
    path: "/webhook-endpoints",
    summary: "Where events go, and how each place is doing",
    answers: ok(z.object({ webhook_endpoints: z.array(endpointShape) })),
  },
  {
    ...common,
    method: "get",
    path: "/webhook-endpoints/{id}",
    errors: ["webhook_endpoint_not_found"],
    summary: "One endpoint",
    answers: ok(endpoint),
  },
  {
    ...common,
    method: "patch",
    path: "/webhook-endpoints/{id}",
    errors: ["webhook_endpoint_not_found"],
    summary: "Switch an endpoint on or off",
    body: endpointChange,
    answers: ok(endpoint),
  },
  {
    ...common,
    method: "get",
    path: "/operational-events",
    summary: "What somebody should know of: endpoints that were disabled",
    answers: ok(z.object({ operational_events: z.array(operationalEventShape) })),
  },
];
