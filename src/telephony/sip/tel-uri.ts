/**
 * Carriers write `tel:` URIs in From and To (RFC 3966), and SIP.js reads `sip:` alone. They are turned on the way in, and
 * back on the way out, so that a carrier sees its own spelling again in answers and in our requests (RFC 3261, 8.2.6.2).
 * Pure.
 */

/** No name ends in .invalid (RFC 2606), so that what is turned back is what was turned before. */
const HOST = "tel.invalid";

const FROM_OR_TO =
  /^((?:from|f|to|t)[ \t]*:[ \t]*(?:(?:"(?:\\.|[^"\\\r\n])*"|[^<"\r\n]*)[ \t]*<)?)tel:([^>;\s@]+)/gim;
const TURNED = new RegExp(`sip:([^@<>\\s]+)@${HOST.replace(".", "\\.")}`, "g");

/** Of an unfolded message; its body stays as it is. */
export function telToSip(text: string): string {
  const end = text.indexOf("\r\n\r\n");
  const headers = end === -1 ? text : text.slice(0, end);
  return headers.replace(FROM_OR_TO, `$1sip:$2@${HOST}`) + text.slice(headers.length);
}

export function sipToTel(text: string): string {
  return text.replace(TURNED, "tel:$1");
}
