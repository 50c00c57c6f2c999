import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../clock.ts";

/** One open stream of server-sent events. */
export interface EventStream {
  readonly isOpen: boolean;
  /** Text that a proxy would not hold back; `data` is sent as JSON. */
  send(message: { event: string; id?: string; data: unknown }): void;
  /** Waits, no longer than the stream is open; and says now and then that it is still there. */
  wait(ms: number): Promise<void>;
  end(): void;
}

const COMMENT_EVERY_MS = 15_000;
/** Who reads slower than things happen is cut off before our memory is full; it comes again and is told the rest. */
const MOST_UNREAD_BYTES = 8 * 1_048_576;

/** Server-sent events for the routes of one server: they end when it closes, because they never would by themselves. */
export function createEventStreams(
  server: FastifyInstance,
  clock: Clock,
): (request: FastifyRequest, reply: FastifyReply) => EventStream {
  const open = new Set<() => void>();
  server.addHook("preClose", (done) => {
    for (const end of open) end();
    done();
  });

  return (request, reply) => {
    let isOpen = true;
    let wake: () => void = () => undefined;
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
      "x-request-id": request.id,
    });
    raw.write(": connected\n\n");
    let lastWriteMs = clock.monotonicMs();

    function close(): void {
      isOpen = false;
      open.delete(end);
      wake();
    }
    function end(): void {
      close();
      raw.end();
    }
    function write(text: string): void {
      if (!isOpen) return;
      raw.write(text);
      lastWriteMs = clock.monotonicMs();
      if (raw.writableLength <= MOST_UNREAD_BYTES) return;
      close();
      raw.destroy();
    }
    open.add(end);
    raw.on("close", close);
    // A connection that breaks is closed next.
    raw.on("error", close);

    return {
      get isOpen() {
        return isOpen;
      },
      send({ event, id, data }) {
        const idLine = id === undefined ? "" : `id: ${id}\n`;
        write(`${idLine}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      },
      async wait(ms) {
        if (!isOpen) return;
        await new Promise<void>((resolve) => {
          const cancel = clock.after(ms, resolve);
          wake = () => {
            cancel();
            resolve();
          };
        });
        if (clock.monotonicMs() - lastWriteMs > COMMENT_EVERY_MS) write(": still here\n\n");
      },
      end,
    };
  };
}
