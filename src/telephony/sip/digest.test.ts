import { describe, expect, test } from "vitest";
import {
  answerChallenge,
  challengeHeaders,
  chooseChallenge,
  isRightAnswer,
  readAnswer,
  readChallenge,
} from "./digest.ts";

const nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
const opaque = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS";
const mufasa = { username: "Mufasa", password: "Circle of Life" };

describe("the examples of the RFCs", () => {
  // RFC 7616, 3.9.1: one challenge for each algorithm, and what the client answers to either.
  test.each([
    ["MD5", "8ca523f5e9506fed4657c9700eebdbec"],
    ["SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"],
  ])("RFC 7616 with %s", (algorithm, response) => {
    const challenge = readChallenge(
      `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="${nonce}", opaque="${opaque}"`,
    )!;
    const answer = answerChallenge(challenge, mufasa, {
      method: "GET",
      uri: "/dir/index.html",
      cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
      nonceCount: 1,
    });
    expect(answer).toContain(`response="${response}"`);
    expect(answer).toContain(`opaque="${opaque}"`);
    expect(isRightAnswer(readAnswer(answer)!, "GET", mufasa.password)).toBe(true);
  });

  test("RFC 2617, 3.5", () => {
    const answer = readAnswer(
      'Digest username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="/dir/index.html", qop=auth, nc=00000001, cnonce="0a4f113b", response="6629fae49393a05397450978507c4ef1", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    )!;
    expect(isRightAnswer(answer, "GET", "Circle Of Life")).toBe(true);
  });

  test("RFC 2069, 2.4 with its erratum: no qop", () => {
    const challenge = readChallenge(
      'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"',
    )!;
    const request = { method: "GET", uri: "/dir/index.html", cnonce: "x", nonceCount: 1 };
    const answer = answerChallenge(challenge, { username: "Mufasa", password: "CircleOfLife" }, request);
    expect(answer).toContain('response="1949323746fe6a43ef61f9606e7febea"');
    expect(answer).not.toContain("cnonce");
  });
});

test.each([
  ["a stronger one below", ["MD5", "SHA-256"], "SHA-256"],
  ["a stronger one on top", ["SHA-256", "MD5"], "SHA-256"],
  ["one that is not known on top", ["SHA-512-256", "MD5"], "MD5"],
  ["one of a session kind", ["SHA-256-sess", "MD5"], "MD5"],
  ["nothing that is known", ["SHA-512-256"], undefined],
])("of several challenges the strongest that is known is taken: %s", (_sentence, algorithms, chosen) => {
  const headers = algorithms.map((algorithm) => `Digest realm="r", nonce="n", algorithm=${algorithm}`);
  expect(chooseChallenge(headers)?.algorithm).toBe(chosen);
});

test.each([
  ['Digest realm="a, \\"b\\"", nonce="n", stale=TRUE', { realm: 'a, "b"', isStale: true, algorithm: "MD5" }],
  ['digest nonce=n,realm=""', { realm: "", nonce: "n", qop: "none" }],
  ['Digest realm="r",nonce="n",qop="auth-int,auth",algorithm=sha-256', { qop: "auth", algorithm: "SHA-256" }],
])("%s is read", (header, challenge) => {
  expect(readChallenge(header)).toMatchObject(challenge);
});

test.each([
  "",
  "Digest",
  "Digest ",
  'Basic realm="r"',
  'Digest realm="r"',
  'Digest nonce="n"',
  'Digest realm="r, nonce="n"',
  'Digest realm="r", nonce="n", qop="auth-int"',
  'Digest realm="r" nonce="n"',
])("%j is no challenge that can be answered", (header) => {
  expect(readChallenge(header)).toBeUndefined();
});

const good =
  'Digest username="u", realm="r", nonce="n", uri="sip:a", response="00", qop=auth, cnonce="c", nc=00000001';
test.each([
  ["without a user", good.replace('username="u", ', "")],
  ["of a nonce count that is none", good.replace("nc=00000001", "nc=1")],
  ["without a client nonce", good.replace('cnonce="c", ', "")],
  ["with auth-int, which is never asked for", good.replace("qop=auth", "qop=auth-int")],
  ["of an unknown algorithm", `${good}, algorithm=SHA-512-256`],
  ["of another scheme", good.replace("Digest", "Bearer")],
])("an answer %s is none", (_sentence, header) => {
  expect(readAnswer(good)).toBeDefined();
  expect(readAnswer(header)).toBeUndefined();
});

test("we ask by MD5 first, for those who read no further, and by SHA-256 too", () => {
  const asked = challengeHeaders({ realm: "r", nonce: "n", isStale: false });
  expect(asked.map((header) => readChallenge(header)?.algorithm)).toEqual(["MD5", "SHA-256"]);
  expect(chooseChallenge(asked)?.algorithm).toBe("SHA-256");
});

test("a wrong password, another method and another length are all wrong", () => {
  const strongest = chooseChallenge(challengeHeaders({ realm: "r", nonce: "n", isStale: false }));
  const request = { method: "INVITE", uri: "sip:a", cnonce: "c", nonceCount: 17 };
  const answer = readAnswer(answerChallenge(strongest!, { username: 'a"b', password: "p" }, request))!;
  expect(answer).toMatchObject({ username: 'a"b', nonceCount: "00000011", algorithm: "SHA-256" });
  expect(isRightAnswer(answer, "INVITE", "p")).toBe(true);
  expect(isRightAnswer(answer, "INVITE", "q")).toBe(false);
  expect(isRightAnswer(answer, "BYE", "p")).toBe(false);
  expect(isRightAnswer({ ...answer, response: "00" }, "INVITE", "p")).toBe(false);
});
