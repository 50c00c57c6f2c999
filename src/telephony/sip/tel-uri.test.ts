import { expect, test } from "vitest";
import { sipToTel, telToSip } from "./tel-uri.ts";

const message = (header: string) =>
  `INVITE sip:a@b SIP/2.0\r\n${header}\r\nCSeq: 1 INVITE\r\n\r\nto: tel:1\r\n`;

test.each([
  ["From: <tel:+31612345678>;tag=a", "From: <sip:+31612345678@tel.invalid>;tag=a"],
  ["f: tel:+31612345678;tag=a", "f: sip:+31612345678@tel.invalid;tag=a"],
  ['To: "A \\" <b>" <tel:+31;phone-context=x>', 'To: "A \\" <b>" <sip:+31@tel.invalid;phone-context=x>'],
  [
    "t: Somebody <tel:7042;phone-context=example.com>",
    "t: Somebody <sip:7042@tel.invalid;phone-context=example.com>",
  ],
  ['To: "tel:1" <sip:a@b>', 'To: "tel:1" <sip:a@b>'],
  ["Contact: <tel:+31612345678>", "Contact: <tel:+31612345678>"],
  ["Subject: to tel:1", "Subject: to tel:1"],
])("%s", (tel, sip) => {
  expect(telToSip(message(tel))).toBe(message(sip));
  expect(sipToTel(message(sip))).toBe(message(tel));
});
