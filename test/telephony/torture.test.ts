import { createSocket, type Socket } from "node:dgram";
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import type { SipCarrier } from "../../src/telephony/sip/sip-carrier.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import { rawRequest } from "../harness/raw-sip-peer.ts";

// The messages of RFC 4475, in `torture/`. Every one of them is answered as the RFC says, or as it allows, or not at all;
// and the server takes calls after it as before.

/** What comes back. `rings`: it is a call, which the test refuses with 486. `silence`: nothing may be answered. */
type Outcome = number | "rings" | "silence";

const MESSAGES: [name: string, outcome: Outcome, why: string][] = [
  // 3.1.1, valid
  ["wsinv", 481, "white space and folds everywhere; its To has a tag, and no such call is known"],
  ["intmeth", 501, "a method, a URI and tags of every character that is allowed"],
  ["esc01", "rings", "a percent sign in the URI that is one escaped"],
  ["escnull", 405, "escaped NUL in URIs; a REGISTER, which we do not take"],
  ["esc02", 501, "percent signs in a method, where they are no escapes"],
  ["lwsdisp", 200, "no space between display name and <"],
  ["longreq", "rings", "very long values"],
  ["dblreq", 405, "a second request behind Content-Length in one datagram, which does not count"],
  ["semiuri", 200, "semicolons in the user part"],
  ["transports", 200, "five transports in five Vias, one unknown"],
  ["mpart01", 405, "a body in parts with bytes that are no text; a MESSAGE, which we do not take"],
  ["unreason", "silence", "a response to nothing, its reason in Cyrillic"],
  ["noreason", "silence", "a response to nothing, without a reason"],
  // 3.1.2, invalid
  ["badinv01", 400, "commas and semicolons that separate nothing"],
  ["clerr", 400, "Content-Length is longer than the datagram"],
  ["ncl", 400, "a negative Content-Length"],
  ["scalar02", 405, "numbers that are too large; a REGISTER, which we do not take"],
  ["scalarlg", "silence", "a response with numbers that are too large"],
  ["quotbal", 400, "a quote without its other half"],
  ["ltgtruri", 400, "the URI in angle brackets"],
  ["lwsruri", 400, "white space within the URI"],
  ["lwsstart", 400, "two spaces in the start line"],
  ["trws", 400, "spaces after the start line"],
  ["escruri", "rings", "escaped headers in the URI, which are left alone"],
  ["baddate", "rings", "a Date in another time zone, which we do not read"],
  ["regbadct", 400, "a Contact that does not say whose its parameters are"],
  ["badaspec", 400, "spaces within an address"],
  ["baddn", 400, "a comma in a display name without quotes"],
  ["badvers", 505, "SIP/7.0"],
  ["mismatch01", 400, "CSeq names another method"],
  ["mismatch02", 400, "CSeq names another method, and the method is unknown"],
  ["bigcode", "silence", "a response with a status of ten digits"],
  // 3.2, transactions
  ["badbranch", 200, "a branch that is the magic cookie and nothing else"],
  // 3.3, requests that make no sense to whom they reach
  ["insuf", "silence", "From, To and Call-ID are missing: there is nobody to answer to"],
  ["unkscm", 416, "a URI of an unknown scheme"],
  ["novelsc", 416, "a URI of a scheme that is known, and not for calls"],
  ["unksm2", 400, "From and To of schemes that are no telephones"],
  ["bext01", 420, "Require and Proxy-Require of nothing that exists"],
  ["invut", 415, "an INVITE with a body of an unknown type"],
  ["regaut01", 405, "an unknown kind of authorization; a REGISTER, which we do not take"],
  ["multi01", 400, "headers twice that may be there once"],
  ["mcl01", 400, "two Content-Lengths"],
  ["bcast", "silence", "a response that asks to be passed on to everybody"],
  ["zeromf", 200, "Max-Forwards 0, and it has arrived"],
  ["cparam01", 405, "an unknown parameter of a Contact; a REGISTER, which we do not take"],
  ["cparam02", 405, "the same within angle brackets"],
  ["regescrt", 405, "escaped headers in a Contact"],
  ["sdp01", "rings", "Accept without application/sdp, as trunks send it"],
  // 3.4, from before RFC 3261
  ["inv2543", 400, "an INVITE without Contact: there could be no dialog"],
];

let carrier: SipCarrier;
let socket: Socket;
let received: string[];
let rang: number;

beforeAll(async () => {
  carrier = createLocalCarrier({
    host: "127.0.0.1",
    port: 0,
    rtpPorts: { first: 21_800, last: 21_819 },
    clock: systemClock,
    logger: createLogger({ level: "silent" }),
    onLeg(leg) {
      rang++;
      leg.reject(486, "Busy Here");
    },
  });
  await carrier.start();
});
afterAll(() => carrier.stop());
beforeEach(async () => {
  received = [];
  rang = 0;
  // One peer a message: the refusal of a call is repeated until its ACK, which nobody sends here.
  socket = createSocket("udp4");
  socket.on("message", (bytes) => received.push(bytes.toString()));
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise<void>((resolve) => socket.close(() => resolve())));

const messageOf = (name: string) => readFileSync(new URL(`./torture/${name}.dat`, import.meta.url));

/** Answers come in the order of the requests, so that what was to come is there with the answer to this one. */
async function isAlive(name: string): Promise<void> {
  const peer = { port: socket.address().port };
  socket.send(
    rawRequest("OPTIONS", peer, { branch: `after-${name}`, callId: `after-${name}` }),
    carrier.port,
    "127.0.0.1",
  );
  await expect.poll(() => received.some((text) => isFor(text, `after-${name}`))).toBe(true);
}
const isFor = (text: string, branch: string) =>
  text.startsWith("SIP/2.0 200") && text.includes(`branch=z9hG4bK${branch}`);

test.each(MESSAGES)("%s: %s (%s)", async (name, outcome) => {
  socket.send(messageOf(name), carrier.port, "127.0.0.1");
  if (outcome === "rings")
    await expect.poll(() => received.some((text) => text.startsWith("SIP/2.0 486"))).toBe(true);
  await isAlive(name);
  const finals = received
    .filter((text) => !isFor(text, `after-${name}`))
    .map((text) => Number(/^SIP\/2.0 (\d{3})/.exec(text)?.[1]))
    .filter((statusCode) => statusCode >= 200);
  const expected = outcome === "silence" ? [] : [outcome === "rings" ? 486 : outcome];
  expect([...new Set(finals)]).toEqual(expected);
  expect(rang).toBe(outcome === "rings" ? 1 : 0);
});

test("no message of the RFC is left out", () => {
  const files = readdirSync(new URL("./torture/", import.meta.url)).filter((name) => name.endsWith(".dat"));
  expect(MESSAGES.map(([name]) => `${name}.dat`).toSorted()).toEqual(files.toSorted());
  expect(files).toHaveLength(49);
});
