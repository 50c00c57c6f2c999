import type { Socket } from "node:dgram";
import type { PortRange } from "../../config.ts";
import { bindUdpSocket } from "../udp-socket.ts";

/**
 * UDP sockets for RTP, from the configured range: even ports, as RFC 3550 (11) asks, each with its odd neighbour left
 * for RTCP. A port that another program holds is skipped; one that was just given back is used last. RTCP is neither
 * sent nor bound: what arrives on the odd port is refused by the kernel, which every peer takes for "no RTCP".
 */
export interface RtpPorts {
  /** @returns undefined when every port of the range is taken */
  open(address: string): Promise<OpenRtpPort | undefined>;
  readonly freePorts: number;
}

export interface OpenRtpPort {
  socket: Socket;
  port: number;
  /** closes the socket and gives the port back; may be called twice */
  release: () => void;
}

export function createRtpPorts(range: PortRange): RtpPorts {
  const free: number[] = [];
  for (let port = range.first + (range.first % 2); port + 1 <= range.last; port += 2) free.push(port);

  return {
    async open(address) {
      for (let tries = free.length; tries > 0; tries--) {
        const port = free.shift();
        if (port === undefined) return undefined;
        let socket: Socket | undefined;
        try {
          socket = await bind(address, port);
        } finally {
          if (!socket) free.push(port);
        }
        if (!socket) continue;
        return { socket, port, release: once(socket, () => free.push(port)) };
      }
      return undefined;
    },
    get freePorts() {
      return free.length;
    },
  };
}

function once(socket: Socket, giveBack: () => void): () => void {
  let isReleased = false;
  return () => {
    if (isReleased) return;
    isReleased = true;
    socket.close();
    giveBack();
  };
}

/** @returns undefined when another program holds the port */
async function bind(address: string, port: number): Promise<Socket | undefined> {
  try {
    // RTP goes to addresses, never to names (`readSdp` sees to it).
    return await bindUdpSocket(address, port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE" || code === "EACCES") return undefined;
    throw error;
  }
}
