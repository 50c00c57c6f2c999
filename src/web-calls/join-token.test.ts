import { SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, it } from "vitest";
import { issueJoinToken, joinTokenKeys, readJoinToken } from "./join-token.ts";

const keys = joinTokenKeys([Buffer.alloc(32, 1)]);
const now = new Date("2026-11-26T10:00:00Z");
const expiresAt = new Date("2026-11-26T10:10:00Z");
const claims = { callId: "0198f0c0-0000-7000-8000-000000000001", identity: "caller", expiresAt };
const later = (seconds: number) => new Date(expiresAt.getTime() + seconds * 1_000);

describe("a join token", () => {
  it("says which call it is for, until it expires", async () => {
    const token = await issueJoinToken(claims, keys);
    expect(await readJoinToken(token, keys, now)).toEqual({ outcome: "valid", claims });
    expect(await readJoinToken(token, keys, later(4))).toEqual({ outcome: "valid", claims });
    expect(await readJoinToken(token, keys, later(6))).toEqual({ outcome: "invalid", because: "expired" });
  });

  it("is read as LiveKit's clients read theirs", async () => {
    const [, payload = ""] = (await issueJoinToken(claims, keys)).split(".");
    expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toEqual({
      iss: "switchhook",
      sub: "caller",
      exp: Date.parse("2026-11-26T10:10:00Z") / 1_000,
      video: {
        room: claims.callId,
        roomJoin: true,
        canPublish: true,
        canSubscribe: true,
        canPublishData: true,
      },
    });
  });

  it("is believed while the secret key is being replaced, and no longer", async () => {
    const token = await issueJoinToken(claims, keys);
    const during = joinTokenKeys([Buffer.alloc(32, 2), Buffer.alloc(32, 1)]);
    const after = joinTokenKeys([Buffer.alloc(32, 2)]);
    expect(await readJoinToken(token, during, now)).toMatchObject({ outcome: "valid" });
    expect(await readJoinToken(token, after, now)).toEqual({ outcome: "invalid", because: "malformed" });
  });

  const signed = (payload: Record<string, unknown>, header = { alg: "HS256" }) =>
    new SignJWT(payload).setProtectedHeader(header).sign(keys[0]);
  const good = {
    iss: "switchhook",
    sub: "caller",
    exp: expiresAt.getTime() / 1_000,
    video: { room: "r", roomJoin: true },
  };
  it.each([
    ["nothing", ""],
    ["no token", "abc"],
    ["another algorithm", signed(good, { alg: "HS384" })],
    ["no signature", new UnsecuredJWT(good).encode()],
    ["no room", signed({ ...good, video: { roomJoin: true } })],
    ["a room that may not be joined", signed({ ...good, video: { room: "r", roomJoin: false } })],
    ["no identity", signed({ ...good, sub: undefined })],
    ["no end", signed({ ...good, exp: undefined })],
    ["another issuer", signed({ ...good, iss: "somebody" })],
  ])("is refused: %s", async (_name, token) => {
    expect(await readJoinToken(await token, keys, now)).toEqual({ outcome: "invalid", because: "malformed" });
  });
});
