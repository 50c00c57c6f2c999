import { createSocket, type Socket } from "node:dgram";
import type { PortRange } from "../../config.ts";

/**
 * UDP sockets for RTP, from the configured range: even ports, as RFC 3550 (11) asks, each with its odd neighbour left
 * for RTCP. A port that another program holds is skipped; one that was just given back is used last.
 */
export interface RtpPorts {
  /** @returns undefined when every port of the range is taken */
  open(address: string): Promise<{ socket: Socket; port: number; release: () => void } | undefined>;
}

export function createRtpPorts(range: PortRange): RtpPorts {
  const free: number[] = [];
  for (let port = range.first + (range.first % 2); port + 1 <= range.last; port += 2) free.push(port);

  return {
    async open(address) {
      for (let tries = free.length; tries > 0; tries--) {
        const port = free.shift();
        if (port === undefined) return undefined;
        const socket = await bind(address, port);
        if (socket) {
          const release = () => {
            socket.close();
            free.push(port);
          };
          return { socket, port, release };
        }
        free.push(port);
      }
      return undefined;
    },
  };
}

function bind(address: string, port: number): Promise<Socket | undefined> {
  const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
  return new Promise((resolve, reject) => {
    socket.once("error", (error: NodeJS.ErrnoException) => {
      socket.close();
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(undefined);
      else reject(error);
    });
    socket.bind({ port, address, exclusive: true }, () => {
      socket.removeAllListeners("error");
      resolve(socket);
    });
  });
}
