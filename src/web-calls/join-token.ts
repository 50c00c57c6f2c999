import { hkdfSync } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";

/**
 * What lets a browser into the room of its call: a JWT as LiveKit's servers take it, signed with a key that every process
 * of the installation can derive. Pure: keys and time are passed in.
 */
export interface JoinClaims {
  /** also the room's name */
  callId: string;
  /** who the caller is in the room; shown to nobody but the caller */
  identity: string;
  expiresAt: Date;
}

/** Keys of 32 bytes: the current one signs; those that a rotation has not finished with are believed too. */
export type JoinTokenKeys = readonly [current: Uint8Array, ...previous: Uint8Array[]];

export type ReadJoinTokenResult =
  | { outcome: "valid"; claims: JoinClaims }
  /** `expired`: it was good once */
  | { outcome: "invalid"; because: "malformed" | "expired" };

const ALGORITHM = "HS256";
const ISSUER = "switchhook";
/** Machines of one installation agree on the time, but not to the second. */
const CLOCK_TOLERANCE_SECONDS = 5;

// Further grants are LiveKit's, and mean nothing to a room with one caller.
const grants = z.object({
  sub: z.string().min(1).max(200),
  exp: z.number(),
  video: z.object({ room: z.string().min(1).max(200), roomJoin: z.literal(true) }),
});

/** @param secretKeys  those of the data folder, current first; nothing that they seal can be opened with what comes of them */
export function joinTokenKeys(secretKeys: readonly [Buffer, ...Buffer[]]): JoinTokenKeys {
  const derive = (key: Buffer) =>
    new Uint8Array(hkdfSync("sha256", key, "", "switchhook join tokens of web calls", 32));
  const [current, ...previous] = secretKeys;
  return [derive(current), ...previous.map(derive)];
}

export function issueJoinToken(claims: JoinClaims, keys: JoinTokenKeys): Promise<string> {
  const video = {
    room: claims.callId,
    roomJoin: true,
    canPublish: true,
    canSubscribe: true,
    canPublishData: true,
  };
  return new SignJWT({ video })
    .setProtectedHeader({ alg: ALGORITHM, typ: "JWT" })
    .setIssuer(ISSUER)
    .setSubject(claims.identity)
    .setExpirationTime(claims.expiresAt)
    .sign(keys[0]);
}

/** @param now  when the token is shown */
export async function readJoinToken(
  token: string,
  keys: JoinTokenKeys,
  now: Date,
): Promise<ReadJoinTokenResult> {
  for (const key of keys) {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        currentDate: now,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      const read = grants.safeParse(payload);
      if (!read.success) return { outcome: "invalid", because: "malformed" };
      const { sub, exp, video } = read.data;
      const claims = { callId: video.room, identity: sub, expiresAt: new Date(exp * 1_000) };
      return { outcome: "valid", claims };
    } catch (error) {
      if (error instanceof errors.JWTExpired) return { outcome: "invalid", because: "expired" };
      // Another key may have signed it; anything else is no better under another key.
      if (!(error instanceof errors.JOSEError)) throw error;
    }
  }
  return { outcome: "invalid", because: "malformed" };
}
