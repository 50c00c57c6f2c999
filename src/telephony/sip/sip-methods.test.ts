import { expect, test } from "vitest";
import { answerOutright } from "./sip-methods.ts";

test.each([
  ["INVITE", undefined, undefined, undefined],
  ["INVITE", undefined, "100rel, timer", 420],
  ["ACK", "t", "100rel", undefined],
  ["BYE", "t", undefined, undefined],
  ["INFO", "t", undefined, undefined],
  ["OPTIONS", undefined, undefined, 200],
  ["OPTIONS", "t", undefined, undefined],
  ["NOTIFY", "t", undefined, undefined],
  ["NOTIFY", undefined, undefined, 481],
  ["MESSAGE", undefined, undefined, 405],
  ["REGISTER", undefined, undefined, 405],
  ["UPDATE", "t", undefined, 405],
  ["REFER", "t", undefined, 405],
  ["DANCE", undefined, undefined, 501],
])("%s, tag %s, requiring %s: %s", (method, toTag, require, statusCode) => {
  expect(answerOutright({ method, toTag, require })?.statusCode).toBe(statusCode);
});

test.each([
  [undefined, undefined],
  ["application/sdp", undefined],
  ["Application/SDP ; charset=utf-8", undefined],
  ["multipart/mixed;boundary=b", undefined],
  ["text/plain", 415],
  ["application/sdpish", 415],
])("INVITE with a body of %s: %s", (contentType, statusCode) => {
  const request = { method: "INVITE", toTag: undefined, require: undefined, contentType };
  expect(answerOutright(request)?.statusCode).toBe(statusCode);
});

test.each([
  ["sip", undefined],
  ["sips", undefined],
  ["tel", undefined],
  ["soap.beep", 416],
])("INVITE of a %s: URI: %s", (scheme, statusCode) => {
  expect(answerOutright({ method: "INVITE", toTag: undefined, require: undefined, scheme })?.statusCode).toBe(
    statusCode,
  );
});
