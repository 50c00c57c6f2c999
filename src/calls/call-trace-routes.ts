import type { FastifyInstance } from "fastify";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { isUuid } from "../ids.ts";
import { writePcap } from "../telephony/pcap.ts";
import type { SipMessage } from "../telephony/sip/sip-ladder.ts";
import { findCallRecord } from "./call-list-store.ts";
import { findCapture, findTrace } from "./call-trace-store.ts";
import type { CallTraces } from "./call-traces.ts";

/** A webhook of a call, in short. */
export interface TracedEvent {
  id: string;
  type: string;
  state: string;
  reason: string | null;
  attemptCount: number;
  url: string | null;
  createdAt: Date;
}

export interface CallTraceRoutesOptions {
  db: Database;
  traces: Pick<CallTraces, "find">;
  /** oldest first */
  listEvents(organizationId: string, callId: string): Promise<TracedEvent[]>;
  /** for the capture: where we listen */
  sipPort: () => number;
}

/** How a call went: `GET /calls/{id}/trace`, and its SIP messages for Wireshark, `GET /calls/{id}/call.pcap`. Extensions. */
export function callTraceRoutes(server: FastifyInstance, options: CallTraceRoutesOptions): void {
  const { db, traces } = options;

  async function find(organizationId: string, id: string): Promise<{ id: string }> {
    const call = isUuid(id) ? await findCallRecord(db, organizationId, id) : undefined;
    if (!call) throw new ApiError("call_not_found");
    return call;
  }

  server.get<{ Params: { id: string } }>("/calls/:id/trace", async (request) => {
    const { organizationId } = request;
    const { id } = await find(organizationId, request.params.id);
    const live = await traces.find(id)?.read();
    const trace = live?.trace ?? (await findTrace(db, organizationId, id));
    if (!trace) throw new ApiError("call_trace_not_found");
    const startedAt = Date.parse(trace.started_at);
    const events = await options.listEvents(organizationId, id);
    return {
      call_id: id,
      is_live: live !== undefined,
      ...trace,
      webhooks: events.map((event) => ({
        id: event.id,
        offset_ms: event.createdAt.getTime() - startedAt,
        type: event.type,
        state: event.state,
        reason: event.reason,
        attempt_count: event.attemptCount,
        url: event.url,
      })),
    };
  });

  server.get<{ Params: { id: string } }>("/calls/:id/call.pcap", async (request, reply) => {
    const { organizationId } = request;
    const { id } = await find(organizationId, request.params.id);
    const live = await traces.find(id)?.read();
    const messages = live ? live.capture : await findCapture(db, organizationId, id);
    if (!messages || messages.length === 0) throw new ApiError("call_capture_not_found");
    return reply
      .type("application/vnd.tcpdump.pcap")
      .header("Cache-Control", "private, no-store")
      .header("Content-Disposition", `attachment; filename="${id}.pcap"`)
      .send(writePcap(messages.map((message) => toDatagram(message, options.sipPort()))));
  });
}

function toDatagram({ at, direction, localAddress, remote, text }: SipMessage, sipPort: number) {
  const local = { address: localAddress, port: sipPort };
  const [from, to] = direction === "in" ? [remote, local] : [local, remote];
  return { at, from, to, payload: Buffer.from(text) };
}
