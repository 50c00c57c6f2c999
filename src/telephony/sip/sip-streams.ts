import type { Socket } from "node:net";
import type { Path, Remote } from "./sip-path.ts";
import { frameMessage, MAX_MESSAGE_BYTES } from "./sip-text.ts";

/** A connection that carries no call is closed after this long without a byte; one that never sent a message much sooner. */
const IDLE_MS = 10 * 60_000;
const FIRST_MESSAGE_MS = 30_000;
/** A NAT or a firewall between forgets a silent connection; the kernel's probes keep it, and find out when it is gone. */
const PROBE_AFTER_MS = 30_000;

export interface SipStreams {
  /** Makes a path of a connection, ours or theirs, and reads it until it closes. */
  take(socket: Socket, protocol: "TCP" | "TLS", remote: Remote): Path;
  closeAll(): void;
}

/** SIP over byte streams (RFC 3261, 18.3), the same over TCP and TLS. A stream that stops being SIP is closed. */
export function createSipStreams(options: {
  onMessage: (text: string, path: Path, sizeBytes: number) => void;
  onMalformed: (problem: string) => void;
  /** whether a call needs this connection: it is not closed for being idle then */
  isInUse: (path: Path) => boolean;
}): SipStreams {
  const open = new Set<Socket>();

  function take(socket: Socket, protocol: "TCP" | "TLS", remote: Remote): Path {
    open.add(socket);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, PROBE_AFTER_MS);
    socket.setTimeout(FIRST_MESSAGE_MS, () => {
      if (options.isInUse(path)) socket.setTimeout(IDLE_MS);
      else socket.destroy();
    });
    const localAddress = plainAddress(socket.localAddress ?? "");
    const path: Path = {
      protocol,
      remote,
      localAddress: () => Promise.resolve(localAddress),
      get isOpen() {
        return socket.writable;
      },
      write: (text) => {
        if (socket.writable) socket.write(text);
      },
      close: () => socket.destroy(),
    };
    let buffer: Buffer = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
      // A message may be the reason to close: what came after it is nobody's then.
      while (!socket.destroyed) {
        const frame = frameMessage(buffer);
        if (frame.outcome === "incomplete") break;
        if (frame.outcome === "malformed") {
          options.onMalformed(frame.problem);
          socket.destroy();
          return;
        }
        const sizeBytes = buffer.length - frame.rest.length;
        buffer = frame.rest;
        if (frame.outcome === "ping") {
          socket.write("\r\n");
          continue;
        }
        socket.setTimeout(IDLE_MS);
        options.onMessage(frame.text, path, sizeBytes);
      }
      if (buffer.length > 2 * MAX_MESSAGE_BYTES) socket.destroy();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => open.delete(socket));
    return path;
  }

  return {
    take,
    closeAll() {
      for (const socket of open) socket.destroy();
    },
  };
}

/** An IPv4 address as such, also where the socket is one for both. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:/, "");
}
