import { DtlsServer, type Transport } from "werift";
import { keyBytesOf, SALT_BYTES, type SrtpSuite } from "../../telephony/rtp/srtp-suite.ts";
import { CLIENT_HELLO, createHandshakeOrder, HANDSHAKE, RECORD_HEADER_BYTES } from "./handshake-order.ts";
import { provesItsKey } from "./handshake-proof.ts";
import { isCertificateOf, type Certificate, type Fingerprint } from "./certificate.ts";

/**
 * DTLS of one peer connection, always as its server: it gives the keys of SRTP (RFC 5764), which the process that has the
 * audio uses, and carries the data channels.
 */
export interface SecureTransport {
  /** What came of the browser, in order. */
  receive(datagram: Buffer): void;
  send(data: Buffer): void;
  close(): void;
}

/** Master key and salt of each direction, as SDES would write them. */
export interface MediaKeys {
  ours: string;
  theirs: string;
}

/** The one that every browser has (RFC 8827, 6.5), and that the media engine speaks (SDES names it so). */
export const SUITE: SrtpSuite = "AES_CM_128_HMAC_SHA1_80";
const PROFILE_AES128_CM_SHA1_80 = 1;
/** Record types, besides the handshake's (RFC 5246, 6.2.1). */
const [CHANGE_CIPHER_SPEC, ALERT] = [20, 21];

export function openSecureTransport(options: {
  certificate: Certificate;
  /** what the browser's description says; known when its first packet comes */
  fingerprints: () => readonly Fingerprint[];
  send: (datagram: Buffer) => void;
  onKeys: (keys: MediaKeys) => void;
  onData: (data: Buffer) => void;
  /** the browser has closed it, or is not who it should be */
  onClosed: (detail: string) => void;
}): SecureTransport {
  const order = createHandshakeOrder();
  let isClosed = false;
  let isAgreed = false;
  let receive: ((datagram: Buffer) => void) | undefined;
  const { identity } = options.certificate;
  const transport: Transport = {
    type: "browser",
    // Never looked at: ICE knows where the browser is.
    address: { address: "", family: "", port: 0 },
    get closed() {
      return isClosed;
    },
    set onData(listener: Transport["onData"]) {
      receive = (datagram) => listener(datagram, ["", 0]);
    },
    get onData() {
      return () => undefined;
    },
    send(datagram) {
      if (!isClosed) options.send(datagram);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  const dtls = new DtlsServer({
    cert: identity.certPem,
    key: identity.privateKey,
    signatureHash: identity.signatureHash,
    srtpProfiles: [PROFILE_AES128_CM_SHA1_80],
    extendedMasterSecret: true,
    // Without it there is no certificate to compare, and whoever sits between can be anybody.
    certificateRequest: true,
    transport,
  });

  function close(detail: string): void {
    if (isClosed) return;
    isClosed = true;
    options.onClosed(detail);
  }

  dtls.onConnect.once(() => {
    const certificate = dtls.remoteCertificate;
    if (!certificate || !isCertificateOf(certificate, options.fingerprints())) {
      close("its certificate is not the one that it has described");
      return;
    }
    if (!provesItsKey(dtls)) {
      close("it has not proven that the certificate is its own");
      return;
    }
    isAgreed = true;
    const { localKey, localSalt, remoteKey, remoteSalt } = dtls.extractSessionKeys(
      keyBytesOf(SUITE),
      SALT_BYTES,
    );
    const join = (key: Buffer, salt: Buffer) => Buffer.concat([key, salt]).toString("base64");
    options.onKeys({ ours: join(localKey, localSalt), theirs: join(remoteKey, remoteSalt) });
  });
  dtls.onData.subscribe((data) => {
    if (!isClosed) options.onData(data);
  });
  // What the library makes of noise and of repetitions ends nothing; a handshake that never ends is ended by the time that it
  // may take (presence.ts).
  dtls.onError.subscribe(() => undefined);
  dtls.onClose.subscribe(() => close("it was closed"));

  return {
    receive(datagram) {
      // Until it is known whose certificate to expect, nobody's is taken; the browser repeats its hello.
      if (isClosed || options.fingerprints().length === 0) return;
      if (isAgreed && wouldUndoHandshake(datagram)) return;
      try {
        for (const record of isAgreed && !isHandshake(datagram) ? [datagram] : order.take(datagram))
          receive?.(record);
      } catch {
        // It reads lengths without looking whether that much is there: noise, and nothing to say about it.
      }
    },
    send(data) {
      if (!isClosed) void dtls.send(data).catch(() => undefined);
    },
    close() {
      isClosed = true;
    },
  };
}

/** By the type of its first record (RFC 6347, 4.1). */
function isHandshake(datagram: Buffer): boolean {
  return datagram[0] === HANDSHAKE || datagram[0] === CHANGE_CIPHER_SPEC;
}

/**
 * On a connection that stands, an alert in clear is nobody's that has the keys, and a hello is a late copy of the first one
 * or forged: either would end what stands (records of epoch 0; RFC 6347, 4.1).
 */
function wouldUndoHandshake(datagram: Buffer): boolean {
  const isInClear = datagram.length > RECORD_HEADER_BYTES && datagram.readUInt16BE(3) === 0;
  if (!isInClear) return false;
  return (
    datagram[0] === ALERT || (datagram[0] === HANDSHAKE && datagram[RECORD_HEADER_BYTES] === CLIENT_HELLO)
  );
}
