import { expect, test } from "vitest";
import { calledNumberOf, callerNumberOf } from "./sip-numbers.ts";

const headers = {
  requestUri: "sip:x@127.0.0.1",
  to: "<sip:x@127.0.0.1>",
  from: "<sip:y@127.0.0.1>;tag=1",
  assertedIdentity: undefined,
};

test.each([
  ["sip:+31850835037@127.0.0.1", "<sip:x@y>", "+31850835037"],
  ["sip:0031850835037@127.0.0.1:5060;transport=udp", "<sip:x@y>", "+31850835037"],
  ["sip:31850835037@127.0.0.1;user=phone", "<sip:x@y>", "+31850835037"],
  ["sip:+31850835037;phone-context=example.com@127.0.0.1", "<sip:x@y>", "+31850835037"],
  ["sip:%2B31850835037@127.0.0.1", "<sip:x@y>", "+31850835037"],
  ["sips:+31850835037:secret@127.0.0.1", "<sip:x@y>", "+31850835037"],
  ["tel:+31-85-083-5037", "<sip:x@y>", "+31850835037"],
  ["sip:pbx@127.0.0.1", '"Desk" <sip:+31850835037@y>;tag=2', "+31850835037"],
  ["sip:reception@127.0.0.1", "<sip:reception@y>", "reception"],
  ["sip:127.0.0.1", "sip:+31850835037@y;tag=3", "+31850835037"],
])("%s to %s calls %s", (requestUri, to, number) => {
  expect(calledNumberOf({ ...headers, requestUri, to })).toBe(number);
});

test.each([
  ['"Ada" <sip:+31612345678@trunk>;tag=1', undefined, "+31612345678"],
  ["sip:0031612345678@trunk;tag=1", undefined, "+31612345678"],
  ["<sip:100@pbx>;tag=1", undefined, "100"],
  ["<sip:anonymous@anonymous.invalid>;tag=1", undefined, null],
  ["<sip:anonymous@anonymous.invalid>;tag=1", "<tel:+31612345678>", "+31612345678"],
  ["<sip:100@pbx>;tag=1", '"Ada" <sip:+31612345678@trunk>', "+31612345678"],
  ["<sip:trunk.example>;tag=1", undefined, null],
])("from %s asserted as %s calls %s", (from, assertedIdentity, number) => {
  expect(callerNumberOf({ ...headers, from, assertedIdentity })).toBe(number);
});
