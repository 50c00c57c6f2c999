import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { CipherContext, RTCCertificate } from "werift";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeCertificate, type Certificate } from "../../src/web-calls/gateway/certificate.ts";
import { openSecureTransport } from "../../src/web-calls/gateway/secure-transport.ts";
import { createRandom } from "../harness/seeded-random.ts";
import { isInstalled } from "./installed.ts";

// OpenSSL as the browser: an implementation of DTLS that is neither ours nor werift's.

let server: Certificate;
let client: RTCCertificate;
let folder: string;

beforeAll(async () => {
  server = await makeCertificate();
  const made = await CipherContext.createSelfSignedCertificateWithKey({ signature: 3, hash: 4 }, 23);
  client = new RTCCertificate(made.keyPem, made.certPem, made.signatureHash);
  folder = await mkdtemp(path.join(tmpdir(), "switchhook-dtls-"));
  await writeFile(path.join(folder, "cert.pem"), client.certPem);
  await writeFile(path.join(folder, "key.pem"), client.privateKey);
});
afterAll(() => rm(folder, { recursive: true }));

/** Resolves when both sides say that it stands. */
async function shake(isLost: () => boolean): Promise<void> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const agreed = Promise.withResolvers<void>();
  let peer = { address: "", port: 0 };
  const secure = openSecureTransport({
    certificate: server,
    fingerprints: () => client.getFingerprints(),
    send: (datagram) => {
      if (!isLost()) socket.send(datagram, peer.port, peer.address);
    },
    onKeys: () => agreed.resolve(),
    onData: () => undefined,
    onClosed: (detail) => agreed.reject(new Error(detail)),
  });
  socket.on("message", (datagram, from) => {
    peer = from;
    if (!isLost()) secure.receive(datagram);
  });
  const { port } = socket.address();
  const files = ["-cert", path.join(folder, "cert.pem"), "-key", path.join(folder, "key.pem")];
  const command = `s_client -dtls1_2 -brief -use_srtp SRTP_AES128_CM_SHA1_80 -connect 127.0.0.1:${port}`;
  const openssl = spawn("openssl", [...command.split(" "), ...files]);
  const established = new Promise<void>((resolve) => {
    let output = "";
    openssl.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("CONNECTION ESTABLISHED")) resolve();
    });
  });
  try {
    await Promise.all([agreed.promise, established]);
  } finally {
    openssl.kill();
    secure.close();
    socket.close();
  }
}

describe.skipIf(!isInstalled("openssl"))("a handshake with OpenSSL", () => {
  it("agrees", () => shake(() => false));

  it("agrees with a fifth of all datagrams lost, ten times out of ten", async () => {
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, seed) => {
        const random = createRandom(seed + 1);
        return shake(() => random() < 0.2);
      }),
    );
    expect(results).toHaveLength(10);
  });
});
