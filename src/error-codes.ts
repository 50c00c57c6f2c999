/**
 * Every refusal that the API makes: `docs/reference/errors.md` is made from this table, and a refusal that is not in it
 * cannot be written. The codes that the contract names keep their names (facts 12.3); the others are ours. The code is
 * an additional field of the flat body, because clients must be able to tell refusals apart without reading sentences.
 */
export interface ErrorKind {
  /** HTTP status */
  status: number;
  /** the short text, `error` in the body */
  error: string;
  /** for people who have got it: what it means, and what to do */
  meaning: string;
}

const notFound = (what: string): ErrorKind => ({
  status: 404,
  error: `${what} not found`,
  meaning: "There is none with this id in the organization of the API key. It may have been deleted.",
});

export const ERROR_KINDS = {
  invalid_request: {
    status: 400,
    error: "Validation failed",
    meaning:
      "A field is missing or wrong. `details` has a line for each: the field, the problem, what is allowed.",
  },
  invalid_json: {
    status: 400,
    error: "Invalid JSON",
    meaning:
      "The body cannot be read as JSON, or holds what cannot be stored (a NUL character, a number too large).",
  },
  bad_request: {
    status: 400,
    error: "Bad request",
    meaning: "The request as such is malformed; `message` says where.",
  },
  byok_key_missing: {
    status: 400,
    error: "No key for this provider",
    meaning: "Settings belong to a key: set it first with `POST /byok`.",
  },
  invalid_workflow: {
    status: 400,
    error: "Invalid workflow definition",
    meaning: "`details` has a line for each problem of the graph.",
  },
  realtime_provider_not_allowed_per_node: {
    status: 400,
    error: "Invalid workflow definition",
    meaning:
      "A node names a speech-to-speech provider; nodes take text providers only. `details` says which.",
  },
  unauthorized: {
    status: 401,
    error: "Unauthorized",
    meaning: "Send `Authorization: Bearer fl_…` with a key of this installation.",
  },
  api_key_expired: {
    status: 401,
    error: "Unauthorized",
    meaning: "The key was made with an `expires_at` that has passed. Make a new one.",
  },
  api_key_revoked: {
    status: 401,
    error: "Unauthorized",
    meaning: "The key has been revoked. Use another one.",
  },
  session_over: {
    status: 401,
    error: "Session is over",
    meaning: "It was signed out, not used for a day, or is two weeks old. Sign in again.",
  },
  sign_in_refused: {
    status: 401,
    error: "E-mail or password is wrong",
    meaning: "Which of the two is not told. `docs/people.md` says what to do about a lost password.",
  },
  totp_code_required: {
    status: 401,
    error: "A code is required",
    meaning: "The password is right. Sign in again with `totp_code` besides, or with a `recovery_code`.",
  },
  totp_code_refused: {
    status: 401,
    error: "The code is wrong",
    meaning: "It is not the present one, or has been used: each code is good once. Wait for the next one.",
  },
  insufficient_credits: {
    status: 402,
    error: "Insufficient credits",
    meaning:
      "The organization's balance of minutes is used up; `balance` says how far. The operator sets it.",
  },
  forbidden: {
    status: 403,
    error: "Forbidden",
    meaning: "The key is good, and its organization may not do this; `message` says who may.",
  },
  password_wrong: {
    status: 403,
    error: "Password is wrong",
    meaning: "What keeps somebody out asks for the password again, also of who has signed in.",
  },
  csrf_refused: {
    status: 403,
    error: "Request not believed",
    meaning:
      "A request with a session's cookie that changes something must come from this server's own pages, with `X-CSRF-Token`: the `csrf_token` of `GET /session`.",
  },
  role_not_allowed: {
    status: 403,
    error: "Your role does not allow this",
    meaning: "`role` is what you are in the organization; `message` says who may. An owner can change it.",
  },
  not_a_member: {
    status: 403,
    error: "Not a member of the organization",
    meaning: "`GET /session` has the organizations that you are a member of.",
  },
  session_required: {
    status: 403,
    error: "Only for people",
    meaning: "This is about somebody who has signed in; an API key is nobody.",
  },
  not_found: {
    status: 404,
    error: "Not found",
    meaning: "There is no such path. The operations are in `/api/openapi.json`.",
  },
  assistant_not_found: notFound("Assistant"),
  assistant_version_not_found: notFound("Assistant version"),
  number_not_found: notFound("Number"),
  call_not_found: notFound("Call"),
  tool_template_not_found: notFound("Tool template"),
  analysis_template_not_found: notFound("Analysis template"),
  sip_trunk_not_found: notFound("SIP trunk"),
  workflow_not_found: notFound("Workflow"),
  mcp_server_not_found: notFound("MCP server"),
  campaign_not_found: notFound("Campaign"),
  lead_not_found: notFound("Lead"),
  byok_key_not_found: notFound("Provider key"),
  chat_not_found: notFound("Chat"),
  api_key_not_found: notFound("API key"),
  member_not_found: notFound("Member"),
  invitation_not_found: notFound("Invitation"),
  session_not_found: {
    status: 404,
    error: "Session not found",
    meaning: "It has ended already, or is somebody else's.",
  },
  user_not_found: { status: 404, error: "User not found", meaning: "There is nobody with this id." },
  link_not_found: {
    status: 404,
    error: "Link not found",
    meaning: "The token is not complete, or a newer link has taken its place.",
  },
  link_over: {
    status: 410,
    error: "Link is over",
    meaning: "It was used, or its time has passed. Ask for a new one.",
  },
  organization_not_found: notFound("Organization"),
  call_trace_not_found: {
    status: 404,
    error: "Call trace not found",
    meaning:
      "Nothing is known of the course of this call: its process died, it was before traces were kept, or its metadata's retention period is over.",
  },
  call_capture_not_found: {
    status: 404,
    error: "Call capture not found",
    meaning: "No SIP messages were kept of this call (`CALL_CAPTURE`), or they are not kept any more.",
  },
  recording_not_found: {
    status: 404,
    error: "Recording not found",
    meaning:
      "There is nothing to listen to: the call was not recorded, the recording failed, or its file is on another machine.",
  },
  recording_url_forged: {
    status: 403,
    error: "Invalid signature",
    meaning: "A `recording_url` must be used exactly as it came. `GET /calls/{id}` gives a fresh one.",
  },
  recording_url_expired: {
    status: 410,
    error: "Recording URL expired",
    meaning: "A `recording_url` is good for some days. `GET /calls/{id}` gives a fresh one.",
  },
  recording_deleted: {
    status: 410,
    error: "Recording deleted",
    meaning: "The retention period of the call's content is over.",
  },
  range_not_satisfiable: {
    status: 416,
    error: "Range not satisfiable",
    meaning: "The range begins behind the end of the file; `Content-Range` has its size.",
  },
  domain_not_found: {
    status: 404,
    error: "Domain not found",
    meaning: "The organization has no domain to send e-mail from. Create one, or choose one of Resend's.",
  },
  resend_domain_not_found: {
    status: 404,
    error: "Domain not found at Resend",
    meaning:
      "The Resend account of the organization's key has no such domain; it may have been deleted there. Choose another one with `POST /domains/sync`.",
  },
  webhook_event_not_found: notFound("Webhook event"),
  webhook_endpoint_not_found: notFound("Webhook endpoint"),
  webhook_replay_not_found: notFound("Webhook replay"),
  method_not_allowed: {
    status: 405,
    error: "Method not allowed",
    meaning: "The path exists and takes other methods: see the `Allow` header.",
  },
  call_not_active: {
    status: 400,
    error: "Call not active",
    meaning:
      "Control commands work while the call is `in-progress` and the assistant has the caller's ear: not while it is being transferred (`end-call` works then too), and not once the server that carried it is gone. `message` says which.",
  },
  call_not_reachable: {
    status: 503,
    error: "Call not reachable",
    meaning:
      "The process that carries the call did not answer within two seconds. Nothing was carried out; send the command again.",
  },
  no_outbound_number: {
    status: 400,
    error: "No number to call from",
    meaning:
      "A number needs a SIP trunk (`transfer_trunk_id`) to call out by; the organization has none, or not this one.",
  },
  mcp_server_name_taken: {
    status: 409,
    error: "MCP server already exists",
    meaning: "Names of MCP servers are unique in an organization.",
  },
  mcp_server_in_use: {
    status: 409,
    error: "MCP server is in use",
    meaning: "Assistants take tools from it; take it out of their `llm_config.tools` first.",
  },
  campaign_completed: {
    status: 409,
    error: "Campaign is completed",
    meaning: "The platform has finished it; make a new campaign for more.",
  },
  lead_in_call: {
    status: 409,
    error: "Lead is being called",
    meaning: "Somebody is on the phone: wait for the call's end.",
  },
  workflow_in_use: {
    status: 409,
    error: "Workflow is attached to phone numbers",
    meaning: "Detach it from its numbers first: `PATCH /numbers/{id}` with `workflow_id: null`.",
  },
  number_exists: {
    status: 409,
    error: "Number already exists",
    meaning: "The number is registered on this installation, perhaps by another organization.",
  },
  domain_exists: {
    status: 409,
    error: "Domain already exists",
    meaning:
      "An organization has one domain. Delete it first, or choose another one with `POST /domains/sync`.",
  },
  resend_key_missing: {
    status: 409,
    error: "No Resend key",
    meaning:
      "Domains are kept at Resend. Store the organization's key first: `POST /byok` with provider `resend`.",
  },
  webhook_event_not_replayable: {
    status: 409,
    error: "Webhook event cannot be replayed",
    meaning:
      "It was synchronous (a caller waited for it), or has no endpoint to go to; `message` says which.",
  },
  webhook_url_missing: {
    status: 409,
    error: "No webhook URL",
    meaning: "Set a webhook URL before you send a test.",
  },
  webhook_endpoint_disabled: {
    status: 409,
    error: "Webhook endpoint is disabled",
    meaning: "Enable it first with `PATCH /webhook-endpoints/{id}`.",
  },
  last_owner: {
    status: 409,
    error: "This is the organization's last owner",
    meaning: "Nobody could make another one. Make somebody else an owner first.",
  },
  already_member: {
    status: 409,
    error: "Already a member",
    meaning: "Somebody with this e-mail is a member of the organization. Change their role instead.",
  },
  user_exists: {
    status: 409,
    error: "User exists",
    meaning: "Somebody has this e-mail. Invite them to the organization instead.",
  },
  users_exist: {
    status: 409,
    error: "Users exist",
    meaning: "The first visitor's link is for installations without users. Make a link for one of them.",
  },
  totp_not_begun: {
    status: 409,
    error: "No second factor",
    meaning: "There is none to confirm or to remove. `POST /me/totp` begins.",
  },
  last_api_key: {
    status: 409,
    error: "This is the organization's last key",
    meaning: "Nobody could reach the organization any more. Make another key first.",
  },
  idempotency_key_in_use: {
    status: 409,
    error: "A request with this Idempotency-Key is being carried out",
    meaning: "Wait for its answer, or ask again a little later: the answer is kept for 24 hours.",
  },
  chats_gone: {
    status: 410,
    error: "Gone",
    meaning: "Text chats are deprecated in the original API and not part of this server.",
  },
  payload_too_large: {
    status: 413,
    error: "Payload too large",
    meaning: "A body may have at most 1,048,576 bytes.",
  },
  unsupported_media_type: {
    status: 415,
    error: "Unsupported media type",
    meaning: "Send `Content-Type: application/json`.",
  },
  idempotency_key_reused: {
    status: 422,
    error: "Idempotency-Key was used for another request",
    meaning:
      "The same key came with another path or body in the last 24 hours. Use a new key for a new request.",
  },
  resend_refused: {
    status: 422,
    error: "Resend refused the request",
    meaning:
      "`message` has its words. A key that it does not know, or that may only send, is refused here too.",
  },
  rate_limit_exceeded: {
    status: 429,
    error: "Rate limit exceeded",
    meaning:
      "Wait `Retry-After` seconds (`retry_after` in the body). Nothing of the request was carried out.",
  },
  server_stopping: {
    status: 503,
    error: "Server is stopping",
    meaning: "It takes no new calls any more; send the request again when it is back.",
  },
  server_busy: {
    status: 503,
    error: "Server is busy",
    meaning: "It carries as many calls as it can, or may. The call was not placed; try again in a while.",
  },
  internal_error: {
    status: 500,
    error: "Internal server error",
    meaning: "A fault of the server. Its log has the `request_id` of the body.",
  },
  resend_unavailable: {
    status: 502,
    error: "Resend is not available",
    meaning:
      "It did not answer within 10 s, wants fewer requests, or has a fault of its own. Try again later.",
  },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERROR_KINDS;
