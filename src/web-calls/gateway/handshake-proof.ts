import { verify, X509Certificate } from "node:crypto";
import type { DtlsServer } from "werift";

/**
 * Whether the browser has the key of the certificate that it has shown: its CertificateVerify signs everything that was
 * said before it (RFC 5246, 7.4.8), its half of the key exchange among it. werift 0.25 reads that message and does not look
 * at the signature; the certificate alone proves nothing, because it goes over the wire in clear.
 */
export function provesItsKey({ dtls, remoteCertificate }: DtlsServer): boolean {
  const said = dtls.sortedHandshakeCache;
  const at = said.findIndex(({ msg_type: type }) => type === CERTIFICATE_VERIFY);
  const body = said[at]?.fragment;
  if (!remoteCertificate || !body || body.length < 4) return false;
  const hash = HASHES[body[0]!];
  const signature = body.subarray(4);
  if (hash === undefined || signature.length !== body.readUInt16BE(2)) return false;
  const before = Buffer.concat(said.slice(0, at).map((message) => message.serialize()));
  try {
    return verify(hash, before, new X509Certificate(remoteCertificate).publicKey, signature);
  } catch {
    // A certificate that cannot be read, or a key that does not sign like this.
    return false;
  }
}

const CERTIFICATE_VERIFY = 15;
/** RFC 5246, 7.4.1.4.1: those that are not broken. */
const HASHES: Record<number, string> = { 4: "sha256", 5: "sha384", 6: "sha512" };
