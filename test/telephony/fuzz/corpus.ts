import { rawOffer, rawRequest } from "../../harness/raw-sip-peer.ts";
import { pick, type Random } from "../../harness/seeded-random.ts";

const METHODS = [
  "INVITE",
  "ACK",
  "BYE",
  "CANCEL",
  "OPTIONS",
  "REGISTER",
  "INFO",
  "UPDATE",
  "PRACK",
  "REFER",
  "NOTIFY",
];

const OFFERS = [
  rawOffer(4_000),
  rawOffer(4_000, "m=audio PORT RTP/AVP 0\r\na=sendonly"),
  rawOffer(
    4_000,
    "m=audio PORT RTP/AVP 96 8\r\na=rtpmap:96 opus/48000/2\r\na=fmtp:96 useinbandfec=1\r\na=ptime:20",
  ),
  rawOffer(
    4_000,
    "m=video 0 RTP/AVP 31\r\nm=audio PORT RTP/AVPF 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=inactive",
  ),
  rawOffer(
    4_000,
    "m=audio PORT RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz",
  ),
  rawOffer(4_000).replaceAll("IP4 127.0.0.1", "IP6 ::1"),
  rawOffer(4_000).replace("c=IN IP4 127.0.0.1", "c=IN IP4 0.0.0.0"),
];

/** Forms that are allowed and seldom seen (RFC 3261, 7.3; RFC 4475). */
const FORMS: ((text: string) => string)[] = [
  (text) => text,
  (text) => text,
  (text) =>
    text
      .replace("Via:", "v:")
      .replace("From:", "f :")
      .replace("To:", "t:")
      .replace("Call-ID:", "i:")
      .replace("Content-Length:", "l:"),
  (text) => text.replace("Via: SIP", "Via:\r\n  SIP").replace("CSeq: ", "CSeq:\r\n\t"),
  (text) =>
    text.replace("Max-Forwards: 70", "Max-Forwards: 0\r\nRoute: <sip:a@127.0.0.1;lr>, <sip:b@127.0.0.1;lr>"),
  (text) => text.replace("From: <", 'From: "J\\"R \u00fc\ud83d\ude00" <'),
  (text) =>
    text.replace(
      "Max-Forwards: 70",
      'Max-Forwards: 70\r\nRequire: 100rel\r\nAuthorization: Digest username="a", realm="b", nonce="c", uri="sip:d", response="e"',
    ),
  (text) =>
    text.replace(
      "Max-Forwards: 70",
      "Max-Forwards: 70\r\nExpires: 1\r\nSession-Expires: 90\r\nSupported: timer, 100rel",
    ),
  (text) => text.replace(/^(\w+) sip:/, "$1 tel:"),
  (text) => text.replace(/^(\w+) sip:([^@ ]*)@/, "$1 sip:%20%00$2;x=y@"),
];

/** A dialog that the fuzzed side has answered. */
export interface KnownDialog {
  callId: string;
  toTag: string;
}

/** One valid message, in any form, perhaps inside a dialog that exists. */
export function validMessage(random: Random, dialogs: readonly KnownDialog[], index: number): string {
  const inside = dialogs.length > 0 && random() < 0.4 ? pick(random, dialogs) : undefined;
  const method = random() < 0.35 ? "INVITE" : pick(random, METHODS);
  const callId = inside?.callId ?? (random() < 0.1 ? `again${index % 50}` : `fuzz${index}`);
  const hasOffer = ["INVITE", "ACK", "UPDATE"].includes(method) && random() < 0.7;
  const digits = {
    body: `Signal=${pick(random, ["5", "*", "10", "A"])}\r\nDuration=160\r\n`,
    contentType: "application/dtmf-relay",
  };
  const request = rawRequest(
    method,
    { port: 9 },
    {
      branch: random() < 0.1 ? `again${index % 50}` : `b${index}`,
      callId,
      cseq: 1 + Math.floor(random() * 4),
      protocol: random() < 0.1 ? "TCP" : "UDP",
      ...(inside && { toTag: inside.toTag }),
      ...(hasOffer && { body: pick(random, OFFERS) }),
      ...(method === "INFO" && random() < 0.7 && digits),
      ...(method === "REFER" && { more: ["Refer-To: <sip:+31850835038@127.0.0.1>"] }),
      ...(method === "NOTIFY" && {
        more: ["Event: refer", "Subscription-State: active;expires=60"],
        body: "SIP/2.0 200 OK\r\n",
        contentType: "message/sipfrag",
      }),
    },
  );
  const message = random() < 0.12 ? asResponse(request, random) : request;
  return pick(random, FORMS)(message);
}

function asResponse(request: string, random: Random): string {
  const status = pick(random, [
    "100 Trying",
    "180 Ringing",
    "183 Session Progress",
    "200 OK",
    "202 Accepted",
    "302 Moved",
    "401 Unauthorized",
    "404 Not Found",
    "486 Busy Here",
    "500 Server Error",
    "603 Decline",
  ]);
  return request.replace(/^[^\r\n]*/, `SIP/2.0 ${status}`);
}
