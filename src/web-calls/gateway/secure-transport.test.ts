import { CipherContext, DtlsClient, RTCCertificate, RTCDtlsTransport, type Transport } from "werift";
import { beforeAll, describe, expect, it } from "vitest";
import { makeCertificate, type Certificate } from "./certificate.ts";
import { openSecureTransport, type MediaKeys } from "./secure-transport.ts";

let server: Certificate;
let browser: RTCCertificate;
let stranger: RTCCertificate;

beforeAll(async () => {
  server = await makeCertificate();
  browser = await newCertificate();
  stranger = await newCertificate();
});

async function newCertificate(): Promise<RTCCertificate> {
  // ECDSA with SHA-256 on P-256, which browsers make.
  const made = await CipherContext.createSelfSignedCertificateWithKey({ signature: 3, hash: 4 }, 23);
  return new RTCCertificate(made.keyPem, made.certPem, made.signatureHash);
}

const fingerprintOf = (certificate: RTCCertificate) => {
  const { algorithm, value } = certificate.getFingerprints()[0]!;
  return [{ algorithm, value }];
};

/** A handshake over a wire that is a function call. */
function shake(options: { certPem: string; privateKey: string; described: RTCCertificate }) {
  const outcome = Promise.withResolvers<
    { outcome: "agreed"; ours: MediaKeys; theirs: MediaKeys } | { outcome: "closed"; detail: string }
  >();
  let toClient: ((datagram: Buffer) => void) | undefined;
  let ours: MediaKeys | undefined;
  let theirs: MediaKeys | undefined;
  const settle = () => {
    if (ours && theirs) outcome.resolve({ outcome: "agreed", ours, theirs });
  };
  const secure = openSecureTransport({
    certificate: server,
    fingerprints: () => fingerprintOf(options.described),
    send: (datagram) => setImmediate(() => toClient?.(datagram)),
    onKeys(keys) {
      ours = keys;
      settle();
    },
    onData: () => undefined,
    onClosed: (detail) => outcome.resolve({ outcome: "closed", detail }),
  });
  const transport: Transport = {
    type: "test",
    address: { address: "", family: "", port: 0 },
    closed: false,
    set onData(listener: Transport["onData"]) {
      toClient = (datagram) => listener(datagram, ["", 0]);
    },
    get onData() {
      return () => undefined;
    },
    send(datagram) {
      setImmediate(() => secure.receive(datagram));
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  const client = new DtlsClient({
    transport,
    cert: options.certPem,
    key: options.privateKey,
    signatureHash: { hash: 4, signature: 3 },
    srtpProfiles: [1],
    extendedMasterSecret: true,
  });
  client.onConnect.once(() => {
    const { localKey, localSalt, remoteKey, remoteSalt } = client.extractSessionKeys(16, 14);
    const join = (...parts: Buffer[]) => Buffer.concat(parts).toString("base64");
    theirs = { ours: join(localKey, localSalt), theirs: join(remoteKey, remoteSalt) };
    settle();
  });
  void client.connect();
  return outcome.promise;
}

describe("a handshake with a browser", () => {
  it("agrees on the keys of both directions", async () => {
    const result = await shake({
      certPem: browser.certPem,
      privateKey: browser.privateKey,
      described: browser,
    });
    if (result.outcome === "closed") throw new Error(result.detail);
    expect(result.ours).toEqual({ ours: result.theirs.theirs, theirs: result.theirs.ours });
    expect(Buffer.from(result.ours.ours, "base64")).toHaveLength(30);
  });

  it("is refused to whoever is not described", async () => {
    expect(
      await shake({ certPem: stranger.certPem, privateKey: stranger.privateKey, described: browser }),
    ).toEqual({ outcome: "closed", detail: "its certificate is not the one that it has described" });
  });

  it("is refused to whoever shows the browser's certificate without its key", async () => {
    expect(
      await shake({ certPem: browser.certPem, privateKey: stranger.privateKey, described: browser }),
    ).toEqual({ outcome: "closed", detail: "it has not proven that the certificate is its own" });
  });

  it("is made with a certificate of this process", async () => {
    expect(server.fingerprint).toBe((await RTCDtlsTransport.SetupCertificate()).getFingerprints()[0]!.value);
  });
});
