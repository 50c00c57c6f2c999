import { DigestAuthentication } from "sip.js/lib/core/messages/digest-authentication.js";
import { silentLoggers } from "./sip-flow.ts";

/** Answers a trunk's challenge (RFC 3261, 22.4) with MD5, which is all that SIP.js has. */
export function createDigest({ username, password }: { username: string; password: string }) {
  return new DigestAuthentication(silentLoggers, undefined, username, password);
}
