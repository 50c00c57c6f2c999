import { createSocket, type Socket } from "node:dgram";

/** A UDP peer that sends exactly what it is told to and does nothing by itself: for what a proper stack would not do. */
export interface RawSipPeer {
  readonly port: number;
  readonly received: string[];
  send(text: string): void;
  /** Resolves with the `count`th message that matches. */
  waitFor(pattern: RegExp, count?: number): Promise<string>;
  close(): Promise<void>;
}

export async function createRawSipPeer(serverPort: number): Promise<RawSipPeer> {
  const socket: Socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const received: string[] = [];
  const checks = new Set<() => void>();
  socket.on("message", (bytes) => {
    received.push(bytes.toString());
    for (const check of checks) check();
  });
  return {
    port: socket.address().port,
    received,
    send: (text) => socket.send(text, serverPort, "127.0.0.1"),
    waitFor: (pattern, count = 1) =>
      new Promise((resolve) => {
        const check = () => {
          const found = received.filter((text) => pattern.test(text));
          if (found.length < count) return;
          checks.delete(check);
          resolve(found[count - 1]!);
        };
        checks.add(check);
        check();
      }),
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** A request with everything that RFC 3261, 8.1.1 asks for. */
export function rawRequest(
  method: string,
  peer: RawSipPeer,
  options: { branch: string; callId: string; cseq?: number; toTag?: string; body?: string; user?: string },
): string {
  const { branch, callId, cseq = 1, toTag, body = "", user = "+31850835037" } = options;
  return [
    `${method} sip:${user}@127.0.0.1 SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${peer.port};branch=z9hG4bK${branch};rport`,
    "Max-Forwards: 70",
    `From: <sip:+31612345678@127.0.0.1>;tag=raw${callId}`,
    `To: <sip:${user}@127.0.0.1>${toTag ? `;tag=${toTag}` : ""}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method === "ACK" || method === "CANCEL" ? method : method}`,
    `Contact: <sip:raw@127.0.0.1:${peer.port}>`,
    ...(body ? ["Content-Type: application/sdp"] : []),
    `Content-Length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ].join("\r\n");
}

export function rawOffer(
  port: number,
  more = "m=audio PORT RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000",
): string {
  return `v=0\r\no=raw 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n${more.replace("PORT", String(port))}\r\n`;
}
