import { expect, test } from "vitest";
import { readSipfrag, referTo } from "./refer.ts";

test.each([
  ["SIP/2.0 200 OK", 200],
  ["SIP/2.0 180 Ringing\r\n", 180],
  ["SIP/2.0 603 Declined\r\nContact: <sip:a@b>", 603],
  ["", undefined],
  ["HTTP/1.1 200 OK", undefined],
])("%j says %s", (body, status) => {
  expect(readSipfrag(body)).toBe(status);
});

test.each([
  ["+31201234567", "sip:+31201234567@10.0.0.1"],
  ["sip:desk@pbx.example", "sip:desk@pbx.example"],
  ["SIPS:desk@pbx.example", "SIPS:desk@pbx.example"],
])("%s is referred to as %s", (destination, uri) => {
  expect(referTo(destination, "10.0.0.1")).toBe(uri);
});
