import type { FastifyInstance } from "fastify";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { isUuid } from "../ids.ts";
import { writePcap, type CapturedDatagram } from "../telephony/pcap.ts";
import type { SipMessage } from "../telephony/sip/sip-ladder.ts";
import { findCallRecord } from "./call-list-store.ts";
import { findCapture, findTrace } from "./call-trace-store.ts";
import type { CallCapture, CallTraces } from "./call-traces.ts";

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
    const capture = live ? live.capture : await findCapture(db, organizationId, id);
    if (!capture || capture.messages.length === 0) throw new ApiError("call_capture_not_found");
    return reply
      .type("application/vnd.tcpdump.pcap")
      .header("Cache-Control", "private, no-store")
      .header("Content-Disposition", `attachment; filename="${id}.pcap"`)
      .send(writePcap(datagramsOf(capture, options.sipPort())));
  });
}

function datagramsOf({ messages, rtpHeaders }: CallCapture, sipPort: number): CapturedDatagram[] {
  const datagram = (
    { at, direction, remote }: Pick<SipMessage, "at" | "direction" | "remote">,
    local: CapturedDatagram["from"],
    payload: Buffer,
  ): CapturedDatagram => {
    const [from, to] = direction === "in" ? [remote, local] : [local, remote];
    return { at, from, to, payload };
  };
  // Audio goes by the address that signalling does.
  const address = messages[0]!.localAddress;
  return [
    ...messages.map((message) =>
      datagram(message, { address: message.localAddress, port: sipPort }, Buffer.from(message.text)),
    ),
    ...rtpHeaders.map((packet) => ({
      ...datagram(packet, { address, port: packet.localPort }, Buffer.from(packet.headerHex, "hex")),
      fullLength: packet.sizeBytes,
    })),
  ];
}
