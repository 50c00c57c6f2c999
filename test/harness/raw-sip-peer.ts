import { createSocket, type Socket } from "node:dgram";

/** A UDP peer that sends exactly what it is told to and does nothing by itself: for what a proper stack would not do. */
export interface RawSipPeer {
  readonly port: number;
  readonly received: string[];
  send(text: string): void;
  /** Sends to where the last message came from: for a peer that is called. */
  reply(text: string): void;
  /** Resolves with the `count`th message that matches. */
  waitFor(pattern: RegExp, count?: number): Promise<string>;
  close(): Promise<void>;
}

/** @param serverPort  where `send` sends to; a peer that is only called needs none */
export async function createRawSipPeer(serverPort = 9): Promise<RawSipPeer> {
  const socket: Socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const received: string[] = [];
  const checks = new Set<() => void>();
  let lastFrom = { address: "127.0.0.1", port: serverPort };
  socket.on("message", (bytes, from) => {
    lastFrom = from;
    received.push(bytes.toString());
    for (const check of checks) check();
  });
  return {
    port: socket.address().port,
    received,
    send: (text) => socket.send(text, serverPort, "127.0.0.1"),
    reply: (text) => socket.send(text, lastFrom.port, lastFrom.address),
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

/** The answer to a request that came, with its headers as they were. */
export function rawResponse(
  request: string,
  peer: { port: number },
  options: { status: string; toTag?: string; body?: string },
): string {
  const { status, toTag, body = "" } = options;
  const kept = request.split("\r\n").filter((line) => /^(Via|From|Call-ID|CSeq):/i.test(line));
  const to = /^To: [^\r\n]*/im.exec(request)![0];
  return [
    `SIP/2.0 ${status}`,
    ...kept,
    toTag && !to.includes(";tag=") ? `${to};tag=${toTag}` : to,
    `Contact: <sip:raw@127.0.0.1:${peer.port}>`,
    ...(body ? ["Content-Type: application/sdp"] : []),
    `Content-Length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ].join("\r\n");
}

export function toTagOf(message: string): string {
  return /^To:.*;tag=([^\s;]+)/im.exec(message)![1]!;
}

/** A request with everything that RFC 3261, 8.1.1 asks for. */
export function rawRequest(
  method: string,
  peer: { port: number },
  options: {
    branch: string;
    callId: string;
    cseq?: number;
    toTag?: string;
    body?: string;
    contentType?: string;
    user?: string;
    protocol?: "UDP" | "TCP";
    more?: string[];
  },
): string {
  const { branch, callId, cseq = 1, toTag, body = "", user = "+31850835037", protocol = "UDP" } = options;
  return [
    `${method} sip:${user}@127.0.0.1 SIP/2.0`,
    `Via: SIP/2.0/${protocol} 127.0.0.1:${peer.port};branch=z9hG4bK${branch};rport`,
    "Max-Forwards: 70",
    `From: <sip:+31612345678@127.0.0.1>;tag=raw${callId}`,
    `To: <sip:${user}@127.0.0.1>${toTag ? `;tag=${toTag}` : ""}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    `Contact: <sip:raw@127.0.0.1:${peer.port}${protocol === "TCP" ? ";transport=tcp" : ""}>`,
    ...(options.more ?? []),
    ...(body ? [`Content-Type: ${options.contentType ?? "application/sdp"}`] : []),
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
