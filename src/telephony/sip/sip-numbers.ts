import { readE164 } from "../../numbers/e164.ts";

/** Reads who calls whom out of an INVITE's headers, as trunks write them. Pure. */
export interface InviteHeaders {
  /** the first line's URI */
  requestUri: string;
  to: string;
  from: string;
  assertedIdentity: string | undefined;
}

/** The request URI names the number; a PBX that writes its own name there has the number in To. */
export function calledNumberOf({ requestUri, to }: InviteHeaders): string {
  const fromUri = userOf(requestUri);
  const fromTo = userOf(to);
  return (fromUri && readE164(fromUri)) ?? (fromTo && readE164(fromTo)) ?? fromUri ?? fromTo ?? "";
}

/** The network's word (P-Asserted-Identity, RFC 3325) before the caller's own. null: withheld. */
export function callerNumberOf({ from, assertedIdentity }: InviteHeaders): string | null {
  for (const header of [assertedIdentity, from]) {
    const user = header && userOf(header);
    if (!user || /^(anonymous|unknown|restricted)$/i.test(user)) continue;
    return readE164(user) ?? user;
  }
  return null;
}

/** The user part of a URI or of a name-addr; of a tel: URI the number. Without parameters. */
function userOf(header: string): string | undefined {
  const uri = /<([^>]+)>/.exec(header)?.[1] ?? header.trim();
  const tel = /^tel:([^;>\s]+)/i.exec(uri)?.[1];
  const user = tel ?? /^sips?:([^@>\s]+)@/i.exec(uri)?.[1];
  if (!user) return undefined;
  const bare = user.split(";", 1)[0]!.split(":", 1)[0]!;
  try {
    return decodeURIComponent(bare);
  } catch {
    // A stray percent sign: as it came.
    return bare;
  }
}
