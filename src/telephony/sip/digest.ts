import { createHash, timingSafeEqual } from "node:crypto";

/**
 * Digest access authentication as SIP uses it (RFC 3261, 22.4; RFC 7616; RFC 8760): the arithmetic and the header
 * syntax, for both ends. Pure.
 */
export type DigestAlgorithm = "MD5" | "SHA-256";

/** Strongest first: of several challenges the first of these that is among them is answered (RFC 8760, 2.4). */
const HASHES: Readonly<Record<DigestAlgorithm, string>> = { "SHA-256": "sha256", MD5: "md5" };
const STRONGEST_FIRST: readonly DigestAlgorithm[] = ["SHA-256", "MD5"];

export interface DigestCredentials {
  username: string;
  password: string;
}

/** What a server asks for: one `WWW-Authenticate` or `Proxy-Authenticate`. */
export interface DigestChallenge {
  realm: string;
  nonce: string;
  algorithm: DigestAlgorithm;
  opaque: string | undefined;
  /** the credentials were right and only the nonce was old */
  isStale: boolean;
  /** `none`: a server from before RFC 2617, which has no qop */
  qop: "auth" | "none";
}

/** What a client answered: one `Authorization` or `Proxy-Authorization`. */
export interface DigestAnswer {
  username: string;
  realm: string;
  nonce: string;
  uri: string;
  response: string;
  algorithm: DigestAlgorithm;
  qop: "auth" | "none";
  cnonce: string;
  /** 8 hexadecimal digits */
  nonceCount: string;
}

/**
 * The strongest challenge that can be answered. Challenges that cannot (another scheme, an algorithm of the `-sess`
 * kind or unknown, `auth-int` alone) are passed over, as RFC 7616, 3.3 wants.
 *
 * @param headers  every `WWW-Authenticate` of the response, or every `Proxy-Authenticate`
 */
export function chooseChallenge(headers: readonly string[]): DigestChallenge | undefined {
  const challenges = headers.map(readChallenge).filter((challenge) => challenge !== undefined);
  for (const algorithm of STRONGEST_FIRST) {
    const found = challenges.find((challenge) => challenge.algorithm === algorithm);
    if (found) return found;
  }
  return undefined;
}

export function readChallenge(header: string): DigestChallenge | undefined {
  const fields = readFields(header);
  const algorithm = readAlgorithm(fields?.get("algorithm"));
  const [realm, nonce] = [fields?.get("realm"), fields?.get("nonce")];
  if (!fields || !algorithm || realm === undefined || !nonce) return undefined;
  const offered = fields
    .get("qop")
    ?.toLowerCase()
    .split(/[\s,]+/);
  if (offered && !offered.includes("auth")) return undefined;
  return {
    realm,
    nonce,
    algorithm,
    opaque: fields.get("opaque"),
    isStale: fields.get("stale")?.toLowerCase() === "true",
    qop: offered ? "auth" : "none",
  };
}

/** @returns the value of `Authorization` or `Proxy-Authorization` */
export function answerChallenge(
  challenge: DigestChallenge,
  credentials: DigestCredentials,
  /** @param nonceCount  how often this nonce is used now, 1 for the first time */
  request: { method: string; uri: string; cnonce: string; nonceCount: number },
): string {
  const { realm, nonce, algorithm, qop, opaque } = challenge;
  const { uri, cnonce } = request;
  const nonceCount = request.nonceCount.toString(16).padStart(8, "0");
  const { username } = credentials;
  const answer = { username, realm, nonce, uri, algorithm, qop, cnonce, nonceCount };
  const response = digestOf(answer, request.method, credentials.password);
  return [
    `Digest username="${escape(username)}"`,
    `realm="${escape(realm)}"`,
    `nonce="${escape(nonce)}"`,
    `uri="${uri}"`,
    `response="${response}"`,
    `algorithm=${algorithm}`,
    ...(qop === "auth" ? [`cnonce="${cnonce}"`, "qop=auth", `nc=${nonceCount}`] : []),
    ...(opaque === undefined ? [] : [`opaque="${escape(opaque)}"`]),
  ].join(", ");
}

/** @returns undefined: it is no digest, or one that we never ask for */
export function readAnswer(header: string): DigestAnswer | undefined {
  const fields = readFields(header);
  const algorithm = readAlgorithm(fields?.get("algorithm"));
  if (!fields || !algorithm) return undefined;
  const [username, realm, nonce, uri, response] = ["username", "realm", "nonce", "uri", "response"].map(
    (name) => fields.get(name),
  );
  if (!username || realm === undefined || !nonce || !uri || !response) return undefined;
  const qop = fields.get("qop")?.toLowerCase();
  const [cnonce = "", nonceCount = ""] = [fields.get("cnonce"), fields.get("nc")];
  if (qop !== undefined && (qop !== "auth" || !cnonce || !/^[0-9a-f]{8}$/i.test(nonceCount)))
    return undefined;
  return {
    username,
    realm,
    nonce,
    uri,
    response: response.toLowerCase(),
    algorithm,
    cnonce,
    nonceCount: nonceCount.toLowerCase(),
    qop: qop === undefined ? "none" : "auth",
  };
}

/** Whether the answer shows knowledge of the password. Takes equally long whether or not it does. */
export function isRightAnswer(answer: DigestAnswer, method: string, password: string): boolean {
  const wanted = Buffer.from(digestOf(answer, method, password));
  const given = Buffer.from(answer.response);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/**
 * One challenge for each algorithm, MD5 on top, although RFC 8760, 2.3, has our preference there: PJSIP before 2.11,
 * the Asterisks built on it, FreeSWITCH, Kamailio's uac and sipp read the first one only, and give up at SHA-256. Who
 * knows better than MD5 finds it beneath.
 */
export function challengeHeaders(options: { realm: string; nonce: string; isStale: boolean }): string[] {
  return STRONGEST_FIRST.toReversed().map((algorithm) =>
    [
      `Digest realm="${escape(options.realm)}"`,
      `nonce="${options.nonce}"`,
      `algorithm=${algorithm}`,
      'qop="auth"',
      ...(options.isStale ? ["stale=true"] : []),
    ].join(", "),
  );
}

function digestOf(answer: Omit<DigestAnswer, "response">, method: string, password: string): string {
  const hash = (text: string) => createHash(HASHES[answer.algorithm]).update(text).digest("hex");
  const { username, realm, nonce, uri, qop, nonceCount, cnonce } = answer;
  const whoever = hash(`${username}:${realm}:${password}`);
  const what = hash(`${method}:${uri}`);
  return hash(
    qop === "auth"
      ? `${whoever}:${nonce}:${nonceCount}:${cnonce}:auth:${what}`
      : `${whoever}:${nonce}:${what}`,
  );
}

/** Without the parameter it is MD5 (RFC 7616, 3.3). */
function readAlgorithm(text: string | undefined): DigestAlgorithm | undefined {
  if (text === undefined) return "MD5";
  return STRONGEST_FIRST.find((algorithm) => algorithm === text.toUpperCase());
}

/** `Digest name=value, name="quoted \"value\""`; names in lower case. */
function readFields(header: string): Map<string, string> | undefined {
  const scheme = /^\s*digest\s+/i.exec(header);
  if (!scheme) return undefined;
  const fields = new Map<string, string>();
  const FIELD = /([a-z0-9_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))\s*(?:,\s*|$)/iy;
  FIELD.lastIndex = scheme[0].length;
  for (;;) {
    const match = FIELD.exec(header);
    if (!match) return undefined;
    const [, name, quoted, bare] = match;
    fields.set(name!.toLowerCase(), quoted === undefined ? bare! : quoted.replaceAll(/\\(.)/g, "$1"));
    if (FIELD.lastIndex === header.length) return fields;
  }
}

function escape(text: string): string {
  return text.replaceAll(/["\\]/g, String.raw`\$&`);
}
