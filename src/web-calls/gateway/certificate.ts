import { createHash } from "node:crypto";
import { RTCDtlsTransport, type RTCCertificate } from "werift";

/** Who we are towards browsers: a key of this process, which nobody needs to know beforehand (RFC 8827, 6.5). */
export interface Certificate {
  /** for DTLS */
  readonly identity: RTCCertificate;
  /** for SDP, SHA-256 */
  readonly fingerprint: string;
}

export interface Fingerprint {
  /** as SDP has it: sha-256 */
  algorithm: string;
  /** hexadecimal bytes with colons between them */
  value: string;
}

export async function makeCertificate(): Promise<Certificate> {
  const identity = await RTCDtlsTransport.SetupCertificate();
  const [fingerprint] = identity.getFingerprints();
  return { identity, fingerprint: fingerprint!.value };
}

/** RFC 8122, 5: those that are considered safe. SHA-1 is not among them, and no browser sends it any more. */
const HASHES: Record<string, string> = { "sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512" };

/** Whether the certificate is the one that the browser's description names: without that, anybody could stand between. */
export function isCertificateOf(certificate: Buffer, fingerprints: readonly Fingerprint[]): boolean {
  const known = fingerprints.filter(({ algorithm }) => HASHES[algorithm.toLowerCase()] !== undefined);
  return (
    known.length > 0 &&
    known.every(({ algorithm, value }) => {
      const hash = createHash(HASHES[algorithm.toLowerCase()]!).update(certificate).digest("hex");
      return hash === value.replaceAll(":", "").toLowerCase();
    })
  );
}
