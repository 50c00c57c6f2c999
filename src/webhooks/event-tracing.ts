import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Context } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { Attempt } from "./attempt-store.ts";

/** The way of an event as OpenTelemetry spans; off unless OTEL_EXPORTER_OTLP_ENDPOINT is set. */
export interface EventTracing {
  attempt(event: { type: string; callId: string; createdAt: Date }, attempt: Attempt): void;
  /** Sends what is left. */
  stop(): Promise<void>;
}

/**
 * An event's id is its trace's id: whoever has a `X-Webhook-Id` in his hands finds the trace, and attempts of different
 * processes and days are one trace. No body, no URL and no number is in a span.
 *
 * The provider is not made the global one: other libraries of ours would begin to export, transcripts included.
 */
export function startEventTracing(options: { endpoint: string; version: string }): EventTracing {
  const exporter = new OTLPTraceExporter({ url: `${options.endpoint.replace(/\/$/, "")}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": "switchhook", "service.version": options.version }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer("switchhook.webhooks");
  return {
    attempt(event, attempt) {
      const { startedAt, durationMs, timings, statusCode } = attempt;
      const context = contextOf(attempt.eventId);
      const attributes = {
        "switchhook.event.type": event.type,
        "switchhook.call.id": event.callId,
        "switchhook.attempt.number": attempt.number,
        "switchhook.attempt.outcome": attempt.outcome,
        ...(attempt.connection && { "switchhook.connection": attempt.connection }),
        ...(statusCode !== undefined && { "http.response.status_code": statusCode }),
      };
      if (attempt.number === 1) {
        const waiting = tracer.startSpan("webhook wait", { startTime: event.createdAt, attributes }, context);
        waiting.end(startedAt);
      }
      const name = `webhook ${event.type}`;
      const span = tracer.startSpan(
        name,
        { kind: SpanKind.CLIENT, startTime: startedAt, attributes },
        context,
      );
      const at = (ms: number) => new Date(startedAt.getTime() + ms);
      const openedMs = (timings?.dnsMs ?? 0) + (timings?.connectMs ?? 0) + (timings?.tlsMs ?? 0);
      if (timings?.connectMs !== undefined) span.addEvent("connected", at(openedMs));
      if (timings?.firstByteMs !== undefined) span.addEvent("first byte", at(timings.firstByteMs));
      if (attempt.outcome !== "delivered") span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(at(durationMs));
    },
    // What cannot be exported is lost: traces are for looking, the tables are the record.
    stop: () => provider.shutdown().catch(() => undefined),
  };
}

function contextOf(eventId: string): Context {
  const traceId = eventId.replaceAll("-", "");
  const spanId = traceId.slice(16);
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  });
}
