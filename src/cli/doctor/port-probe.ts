import { createSocket, type Socket } from "node:dgram";
import { createServer } from "node:net";
import { reachedFromHere } from "../../telephony/nat/local-networks.ts";

/** What came of binding a port. */
export type PortState =
  | "free"
  /** another socket has it */
  | "taken"
  /** a port below 1,024 without the right to it */
  | "forbidden"
  /** the address is none of this machine's */
  | "no-address";

const addressOf = (host: string) => (host === "localhost" ? "127.0.0.1" : host);

export async function probeTcp(host: string, port: number): Promise<PortState> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", (error) => settle(error, resolve, reject));
    server.listen({ host: addressOf(host), port }, () => server.close(() => resolve("free")));
  });
}

export async function probeUdp(host: string, port: number): Promise<PortState> {
  const bound = await bindUdp(host, port);
  if (typeof bound === "string") return bound;
  await new Promise<void>((resolve) => bound.close(resolve));
  return "free";
}

/** @returns the socket, for whoever wants to ask something by this very port; its errors are let go */
export async function bindUdp(host: string, port: number): Promise<Socket | PortState> {
  const address = addressOf(host);
  const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) => {
      socket.close();
      settle(error, resolve, reject);
    };
    socket.once("error", refuse);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off("error", refuse);
      socket.on("error", () => undefined);
      resolve(socket);
    });
  });
}

function settle(error: Error, resolve: (state: PortState) => void, reject: (error: Error) => void): void {
  const states: Record<string, PortState> = {
    EADDRINUSE: "taken",
    EACCES: "forbidden",
    EADDRNOTAVAIL: "no-address",
  };
  const state = states[(error as NodeJS.ErrnoException).code ?? ""];
  if (state) resolve(state);
  else reject(error);
}

const OPTIONS_WAITS_MS = [300, 700];

/** Whether something that speaks SIP answers at a UDP port of this machine: OPTIONS, any answer will do (RFC 3261, 11). */
export async function answersSip(host: string, port: number, random: () => number): Promise<boolean> {
  const target = reachedFromHere(addressOf(host));
  const socket = await bindUdp(target.includes(":") ? "::1" : "127.0.0.1", 0);
  if (typeof socket === "string") return false;
  const tag = Math.floor(random() * 2 ** 48).toString(36);
  const own = `127.0.0.1:${socket.address().port}`;
  const request = [
    `OPTIONS sip:doctor@${target.includes(":") ? `[${target}]` : target}:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP ${own};branch=z9hG4bK${tag};rport`,
    "Max-Forwards: 1",
    `From: <sip:doctor@${own}>;tag=${tag}`,
    `To: <sip:doctor@${target.includes(":") ? `[${target}]` : target}>`,
    `Call-ID: ${tag}@switchhook-doctor`,
    "CSeq: 1 OPTIONS",
    "Content-Length: 0",
    "",
    "",
  ].join("\r\n");
  try {
    for (const waitMs of OPTIONS_WAITS_MS) {
      const answered = new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), waitMs);
        socket.once("message", (bytes) => {
          clearTimeout(timer);
          resolve(bytes.toString("latin1").startsWith("SIP/2.0 "));
        });
      });
      socket.send(request, port, target, () => undefined);
      if (await answered) return true;
    }
    return false;
  } finally {
    socket.close();
  }
}
