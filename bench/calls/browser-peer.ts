import { randomBytes } from "node:crypto";
import type { Socket } from "node:dgram";
import { DtlsClient, RTCDtlsTransport, type Transport } from "werift";
import {
  TRANSACTION_ID_BYTES,
  withIntegrity,
  writeAttribute,
  writeBindingRequest,
} from "../../src/telephony/nat/stun-message.ts";
import { bindUdp } from "./sip-callers.ts";

/** One peer connection as a browser has it, for callers by the dozen: ICE in the controlling role, and DTLS as client. */
export interface BrowserPeer {
  /** ours, for SDP */
  readonly lines: string[];
  /** Goes on from the server's description. */
  start(sdp: string): void;
  readonly keys: Promise<{ ours: string; theirs: string }>;
  sendRtp(packet: Buffer): void;
  onRtp(listener: (packet: Buffer) => void): void;
  close(): void;
}

const CHECK_UNTIL_ANSWERED_MS = 50;
/** What browsers do to keep a path open (RFC 7675). */
const CHECK_MS = 2_500;
const [USERNAME, PRIORITY, USE_CANDIDATE, CONTROLLING] = [0x0006, 0x0024, 0x0025, 0x802a];

export async function openBrowserPeer(): Promise<BrowserPeer> {
  const [socket, certificate] = await Promise.all([bindUdp(), RTCDtlsTransport.SetupCertificate()]);
  const ufrag = randomBytes(4).toString("hex");
  const keys = Promise.withResolvers<{ ours: string; theirs: string }>();
  let server: { ufrag: string; password: string; address: string; port: number } | undefined;
  let dtls: DtlsClient | undefined;
  let receiveDtls: ((datagram: Buffer) => void) | undefined;
  let onRtp: ((packet: Buffer) => void) | undefined;
  let timer: NodeJS.Timeout | undefined;

  function check(): void {
    if (!server) return;
    send(socket, writeCheck(`${server.ufrag}:${ufrag}`, server.password), server);
    timer = setTimeout(check, dtls ? CHECK_MS : CHECK_UNTIL_ANSWERED_MS);
  }

  function shake(): void {
    const transport: Transport = {
      type: "bench",
      address: { address: "", family: "", port: 0 },
      closed: false,
      set onData(listener: Transport["onData"]) {
        receiveDtls = (datagram) => listener(datagram, ["", 0]);
      },
      get onData() {
        return () => undefined;
      },
      send(datagram) {
        if (server) send(socket, datagram, server);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    };
    dtls = new DtlsClient({
      transport,
      cert: certificate.certPem,
      key: certificate.privateKey,
      signatureHash: certificate.signatureHash,
      srtpProfiles: [1],
      extendedMasterSecret: true,
    });
    dtls.onConnect.once(() => {
      const { localKey, localSalt, remoteKey, remoteSalt } = dtls!.extractSessionKeys(16, 14);
      const join = (...parts: Buffer[]) => Buffer.concat(parts).toString("base64");
      keys.resolve({ ours: join(localKey, localSalt), theirs: join(remoteKey, remoteSalt) });
    });
    dtls.onError.once(keys.reject);
    dtls.connect().catch(keys.reject);
  }

  socket.on("message", (datagram) => {
    const first = datagram[0]!;
    if (first >= 128) onRtp?.(datagram);
    else if (first >= 20) receiveDtls?.(datagram);
    else if (!dtls) shake();
  });
  return {
    lines: [
      `a=ice-ufrag:${ufrag}`,
      `a=ice-pwd:${randomBytes(12).toString("hex")}`,
      `a=fingerprint:sha-256 ${certificate.getFingerprints()[0]!.value}`,
    ],
    start(sdp) {
      const find = (pattern: RegExp) => pattern.exec(sdp)?.[1] ?? "";
      const [, address = "", port = ""] = /a=candidate:\S+ 1 udp \d+ (\S+) (\d+) typ host/.exec(sdp) ?? [];
      server = {
        ufrag: find(/a=ice-ufrag:(\S+)/),
        password: find(/a=ice-pwd:(\S+)/),
        address,
        port: Number(port),
      };
      check();
    },
    keys: keys.promise,
    sendRtp: (packet) => send(socket, packet, server!),
    onRtp: (listener) => (onRtp = listener),
    close() {
      clearTimeout(timer);
      server = undefined;
      socket.close();
    },
  };
}

function send(socket: Socket, datagram: Buffer, to: { address: string; port: number }): void {
  socket.send(datagram, to.port, to.address, () => undefined);
}

function writeCheck(username: string, password: string): Buffer {
  const unsigned = Buffer.concat([
    writeBindingRequest(randomBytes(TRANSACTION_ID_BYTES)),
    writeAttribute(USERNAME, Buffer.from(username)),
    writeAttribute(PRIORITY, Buffer.from([0x6e, 0, 1, 0xff])),
    writeAttribute(CONTROLLING, randomBytes(8)),
    writeAttribute(USE_CANDIDATE, Buffer.alloc(0)),
  ]);
  return withIntegrity(unsigned, password);
}
