import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";

/** What opening a connection took. */
export interface DialTimings {
  dnsMs: number | undefined;
  connectMs: number;
  tlsMs: number | undefined;
}

/** What is known of the connection that a request went over. */
export interface ConnectionTrace {
  /** the request's first byte has been written: from here on a second try could be a second execution */
  isSent: boolean;
  /** opened for this request, or open already */
  connection: "cold" | "warm" | undefined;
  /** of a cold connection */
  timings: DialTimings | undefined;
  remoteAddress: string | undefined;
}

const requests = new WeakMap<object, ConnectionTrace>();
const dials = new WeakMap<object, { timings: DialTimings; isNew: boolean }>();

/** @param isAhead  opened before anybody asked: its first request finds it warm */
export function traceSocket(socket: Socket, timings: DialTimings, isAhead: boolean): void {
  dials.set(socket, { timings, isNew: !isAhead });
}

/** @param body  the very object that is handed to undici: it is how its request is told from others */
export function traceRequest(body: Buffer): ConnectionTrace {
  const trace = { isSent: false, connection: undefined, timings: undefined, remoteAddress: undefined };
  requests.set(body, trace);
  return trace;
}

// undici says on this channel, and nowhere else, over which socket a request goes.
subscribe("undici:client:sendHeaders", (message) => {
  const { request, socket } = message as { request: { body: unknown }; socket: Socket };
  if (typeof request.body !== "object" || request.body === null) return;
  const trace = requests.get(request.body);
  if (!trace) return;
  const dial = dials.get(socket);
  trace.isSent = true;
  trace.remoteAddress = socket.remoteAddress;
  trace.connection = dial?.isNew ? "cold" : "warm";
  if (!dial?.isNew) return;
  dial.isNew = false;
  trace.timings = dial.timings;
});
