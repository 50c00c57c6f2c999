import { createSocket, type RemoteInfo } from "node:dgram";

/** A STUN server on loopback (RFC 8489) that can be told what to say: a NAT, in front of it, that changes address or port. */
export interface StunTestServer {
  readonly port: number;
  readonly requests: number;
  /** what it claims to have seen, from what it has seen; undefined: it does not answer */
  says: (seen: { address: string; port: number }) => { address: string; port: number } | undefined;
  /** told as its other address (RFC 5780) */
  other: { address: string; port: number } | undefined;
  close(): Promise<void>;
}

export async function createStunServer(): Promise<StunTestServer> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  let requests = 0;
  const server: StunTestServer = {
    port: socket.address().port,
    get requests() {
      return requests;
    },
    says: (seen) => seen,
    other: undefined,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
  socket.on("message", (request: Buffer, from: RemoteInfo) => {
    if (request.readUInt16BE(0) !== 1) return;
    requests++;
    const said = server.says({ address: from.address, port: from.port });
    if (!said) return;
    const attributes = [attribute(0x0020, xored(said))];
    if (server.other) attributes.push(attribute(0x802c, plain(server.other)));
    const body = Buffer.concat(attributes);
    const answer = Buffer.concat([request.subarray(0, 20), body]);
    answer.writeUInt16BE(0x0101, 0);
    answer.writeUInt16BE(body.length, 2);
    socket.send(answer, from.port, from.address);
  });
  return server;
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value]);
}

function plain({ address, port }: { address: string; port: number }): Buffer {
  const value = Buffer.from([0, 1, 0, 0, ...address.split(".").map(Number)]);
  value.writeUInt16BE(port, 2);
  return value;
}

function xored(address: { address: string; port: number }): Buffer {
  const value = plain(address);
  const cookie = [0x21, 0x12, 0xa4, 0x42];
  for (let at = 2; at < 8; at++) value[at] = value[at]! ^ cookie[(at - (at < 4 ? 2 : 4)) % 4]!;
  return value;
}
