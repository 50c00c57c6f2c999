import { expect, test } from "vitest";
import { createRecordingUrls } from "./recording-url.ts";

const ID = "0190a1b2-0000-7000-8000-000000000001";
const OTHER = "0190a1b2-0000-7000-8000-000000000002";
const key = (byte: number) => Buffer.alloc(32, byte);
let now = new Date("2026-11-25T12:00:00Z");
const urlsOf = (...secretKeys: Buffer[]) =>
  createRecordingUrls({
    secretKeys,
    baseUrl: () => "https://calls.example",
    ttlSeconds: 600,
    now: () => now,
  });

function queryOf(url: string) {
  const { searchParams } = new URL(url);
  return { expires: searchParams.get("expires")!, signature: searchParams.get("signature")! };
}

test("an absolute URL that says until when it is good", () => {
  now = new Date("2026-11-25T12:00:00.900Z");
  const url = urlsOf(key(1)).urlOf(ID);
  expect(url).toMatch(
    new RegExp(`^https://calls\\.example/recordings/${ID}\\?expires=\\d+&signature=[\\w-]{43}$`),
  );
  expect(queryOf(url).expires).toBe(String(Date.parse("2026-11-25T12:10:00Z") / 1_000));
});

test("is good for its recording until it expires", () => {
  now = new Date("2026-11-25T12:00:00Z");
  const urls = urlsOf(key(1));
  const query = queryOf(urls.urlOf(ID));
  expect(urls.check(ID, query)).toBe("genuine");
  now = new Date("2026-11-25T12:09:59.999Z");
  expect(urls.check(ID, query)).toBe("genuine");
  now = new Date("2026-11-25T12:10:00Z");
  expect(urls.check(ID, query)).toBe("expired");
});

test.each<
  [string, (query: { expires: string; signature: string }) => { expires: string; signature: string }]
>([
  ["a later expiry", ({ signature }) => ({ expires: "9999999999", signature })],
  ["another spelling of the expiry", ({ expires, signature }) => ({ expires: `0${expires}`, signature })],
  ["no signature", ({ expires }) => ({ expires, signature: "" })],
  ["a shorter signature", ({ expires, signature }) => ({ expires, signature: signature.slice(0, 20) })],
  ["another signature", ({ expires, signature }) => ({ expires, signature: `AAAA${signature.slice(4)}` })],
])("%s is forged", (_what, change) => {
  now = new Date("2026-11-25T12:00:00Z");
  const urls = urlsOf(key(1));
  expect(urls.check(ID, change(queryOf(urls.urlOf(ID))))).toBe("forged");
});

test("another recording's signature, and another installation's, are forged; a former key's is good", () => {
  const urls = urlsOf(key(1));
  expect(urls.check(OTHER, queryOf(urls.urlOf(ID)))).toBe("forged");
  expect(urlsOf(key(2)).check(ID, queryOf(urls.urlOf(ID)))).toBe("forged");
  expect(urlsOf(key(2), key(1)).check(ID, queryOf(urls.urlOf(ID)))).toBe("genuine");
});
