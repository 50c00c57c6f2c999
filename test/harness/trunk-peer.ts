import { createSocket } from "node:dgram";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { frameMessage, headerOf } from "../../src/telephony/sip/sip-text.ts";

/** A request that a trunk got, and how to answer it. */
export interface TrunkRequest {
  text: string;
  method: string;
  header(name: string): string | undefined;
  /** @param status  `200 OK` */
  reply(status: string, headers?: readonly string[], body?: string): void;
  /** sends anything the way that the request came */
  send(text: string): void;
}

/**
 * A provider's side of a trunk, of our own: registrar, keep-alive and calls are what the test makes of `onRequest`. It
 * parses nothing more than it has to, and shares no SIP stack with the product.
 */
export interface TrunkPeer {
  readonly port: number;
  readonly requests: TrunkRequest[];
  /** what answers; the test replaces it */
  onRequest: (request: TrunkRequest) => void;
  /** Resolves with the `count`th request of a method. */
  waitFor(method: string, count?: number): Promise<TrunkRequest>;
  /** streams that are open now */
  readonly connections: number;
  closeConnections(): void;
  close(): Promise<void>;
}

export async function createTrunkPeer(
  transport: "udp" | "tcp" | "tls",
  identity?: { cert: string; key: string },
): Promise<TrunkPeer> {
  const requests: TrunkRequest[] = [];
  const checks = new Set<() => void>();
  const sockets = new Set<Socket>();

  function receive(text: string, send: (text: string) => void): void {
    const method = /^([A-Z]+) \S+ SIP/.exec(text)?.[1];
    if (!method) return;
    const request: TrunkRequest = {
      text,
      method,
      header: (name) => headerOf(text, name),
      send,
      reply(status, headers = [], body = "") {
        const kept = text.split("\r\n").filter((line) => /^(Via|From|Call-ID|CSeq):/i.test(line));
        const to = /^To: [^\r\n]*/im.exec(text)![0];
        const type = body ? ["Content-Type: application/sdp"] : [];
        send(
          [
            `SIP/2.0 ${status}`,
            ...kept,
            to.includes(";tag=") || status.startsWith("100") ? to : `${to};tag=peer`,
            ...headers,
            ...type,
            `Content-Length: ${Buffer.byteLength(body)}`,
            "",
            body,
          ].join("\r\n"),
        );
      },
    };
    requests.push(request);
    peer.onRequest(request);
    for (const check of checks) check();
  }

  function accept(socket: Socket): void {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    let buffer: Buffer = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (;;) {
        const frame = frameMessage(buffer);
        if (frame.outcome !== "message") return;
        buffer = frame.rest;
        receive(frame.text, (text) => socket.write(text));
      }
    });
  }

  const opened = await open();
  async function open(): Promise<{ port: number; close(): Promise<void> }> {
    if (transport === "udp") {
      const socket = createSocket("udp4");
      socket.on("message", (bytes, from) =>
        receive(bytes.toString(), (text) => socket.send(text, from.port, from.address)),
      );
      await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
      return {
        port: socket.address().port,
        close: () => new Promise((resolve) => socket.close(() => resolve())),
      };
    }
    const server: Server =
      transport === "tcp" ? createServer(accept) : createTlsServer({ ...identity }, accept);
    server.on("tlsClientError", () => undefined);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
      port: (server.address() as AddressInfo).port,
      close: () => new Promise((resolve) => server.close(() => resolve())),
    };
  }

  const peer: TrunkPeer = {
    port: opened.port,
    requests,
    onRequest: (request) => request.reply("200 OK"),
    waitFor: (method, count = 1) =>
      new Promise((resolve) => {
        const check = () => {
          const found = requests.filter((request) => request.method === method);
          if (found.length < count) return;
          checks.delete(check);
          resolve(found[count - 1]!);
        };
        checks.add(check);
        check();
      }),
    get connections() {
      return sockets.size;
    },
    closeConnections() {
      for (const socket of sockets) socket.destroy();
    },
    close() {
      peer.closeConnections();
      return opened.close();
    },
  };
  return peer;
}
