import { readFileSync } from "node:fs";
import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";
import type { TlsSettings } from "./sip-transport.ts";

export interface TlsFiles {
  port: number;
  /** certificate chain and key, both or neither; PEM */
  certFile: string | undefined;
  keyFile: string | undefined;
  /** who else than the system's authorities signs trunks' certificates; PEM */
  caFile: string | undefined;
}

/**
 * Reads what SIP over TLS needs. Once, at start: a certificate that was renewed is taken at the next one.
 * @throws Error naming the variable whose file cannot be read, or does not go with the other
 */
export function readTlsFiles(files: TlsFiles): TlsSettings {
  const { certFile, keyFile, caFile } = files;
  // Read at start, so that a wrong name is told then; the rest only by those who use it: it takes a moment.
  const own = caFile === undefined ? [] : [read("SIP_TLS_CA", caFile)];
  let known: SecureContext | undefined;
  const trust = () => {
    // Node's own list beside the system's: a container often has none.
    known ??= createSecureContext({
      ca: [...new Set([...getCACertificates("default"), ...getCACertificates("system"), ...own])],
      minVersion: "TLSv1.2",
    });
    return known;
  };
  if (certFile === undefined || keyFile === undefined) return { trust };
  const cert = read("SIP_TLS_CERT", certFile);
  const key = read("SIP_TLS_KEY", keyFile);
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new Error("SIP_TLS_CERT and SIP_TLS_KEY: must be a certificate chain and its key, in PEM", {
      cause: error,
    });
  }
  return { listener: { port: files.port, cert, key }, trust };
}

function read(variable: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`${variable}: the file cannot be read`, { cause: error });
  }
}
