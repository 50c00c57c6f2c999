import { z } from "zod";
import { webCallBody } from "../calls/web-call-routes.ts";
import { recordingQuery } from "../recordings/recording-routes.ts";
import { EVENT_STATES } from "../webhooks/event-list-store.ts";
import { WEBHOOK_EVENTS } from "../webhooks/event.ts";
import { turnStagesShape } from "./live-shapes.ts";
import type { Operation } from "./operation.ts";

const offset = z.number().meta({ description: "Milliseconds since `started_at`." });

const traceShape = z
  .object({
    call_id: z.uuid(),
    is_live: z.boolean(),
    started_at: z.iso.datetime(),
    sip: z.array(
      z.object({
        offset_ms: offset,
        direction: z.enum(["in", "out"]),
        start_line: z.string(),
        cseq: z.string(),
        peer: z.string(),
        transport: z.string(),
        is_retransmission: z.boolean(),
      }),
    ),
    sip_omitted: z.int().meta({ description: "Messages that came after the first 200." }),
    media: z.array(
      z.object({
        codec: z.string(),
        sent_packets: z.int(),
        received_packets: z.int(),
        lost_packets: z.int(),
        late_packets: z.int(),
        jitter_ms: z.number(),
        mos: z.number().nullable().meta({ description: "Estimated by the E-model (ITU-T G.107), 1 to 4.5." }),
      }),
    ),
    turns: z.array(
      z.object({
        offset_ms: offset,
        total_ms: z.number(),
        stages: turnStagesShape,
      }),
    ),
    decisions: z.array(z.object({ offset_ms: offset, type: z.string(), text: z.string() })),
    webhooks: z.array(
      z.object({
        id: z.uuid(),
        offset_ms: offset,
        type: z.enum(WEBHOOK_EVENTS),
        state: z.enum(EVENT_STATES),
        reason: z.string().nullable(),
        attempt_count: z.int(),
        url: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "CallTrace" });

const openedWebCall = z
  .object({
    call_id: z.uuid(),
    token: z.string().meta({ description: "Lets one browser into the call; the API key stays with you." }),
    server_url: z
      .string()
      .meta({ description: "`wss://…`, or `ws://…`: what `room.connect()` of `livekit-client` takes." }),
    expires_at: z.iso
      .datetime()
      .meta({ description: "Until then a browser may join, ten minutes from now. An extension." }),
  })
  .meta({ id: "WebCall" });

/** At a root of its own, as the original's host has it, and beside the rest. */
const openWebCall = (place: Pick<Operation, "path" | "isAtRoot">): Operation => ({
  method: "post",
  ...place,
  tag: "Calls",
  summary:
    "Open a call for a browser, with a saved assistant, a saved one with changes, or a configuration for this call",
  body: webCallBody.meta({ id: "WebCallCreate" }),
  errors: ["assistant_not_found", "insufficient_credits", "server_stopping", "server_busy"],
  answers: {
    201: {
      description: "It waits for its browser; webhooks and GET /calls/{id} tell the rest",
      schema: openedWebCall,
    },
  },
});

/** Web calls, and extensions about one call. */
export const callOperations: Operation[] = [
  openWebCall({ path: "/web-calls" }),
  openWebCall({ path: "/v1/web-calls", isAtRoot: true }),
  {
    method: "get",
    path: "/calls/{id}/trace",
    tag: "Calls",
    summary: "How a call went: SIP messages, audio, turns and their latency, decisions, webhooks",
    isExtension: true,
    errors: ["call_not_found", "call_trace_not_found"],
    answers: { 200: { description: "The trace, so far while the call runs", schema: traceShape } },
  },
  {
    method: "get",
    path: "/calls/{id}/call.pcap",
    tag: "Calls",
    summary: "The call's SIP messages as a capture file for Wireshark",
    isExtension: true,
    errors: ["call_not_found", "call_capture_not_found"],
    answers: { 200: { description: "A capture file", contentType: "application/vnd.tcpdump.pcap" } },
  },
  {
    method: "get",
    path: "/recordings/{id}",
    tag: "Calls",
    summary: "A recording, by the `recording_url` of its call; the signature is the permission",
    isExtension: true,
    isPublic: true,
    isAtRoot: true,
    query: recordingQuery,
    errors: [
      "recording_url_forged",
      "recording_not_found",
      "recording_url_expired",
      "recording_deleted",
      "range_not_satisfiable",
    ],
    answers: {
      200: { description: "Stereo, the caller left, the assistant right", contentType: "audio/wav" },
      206: { description: "The part that `Range` asks for", contentType: "audio/wav" },
    },
  },
];
