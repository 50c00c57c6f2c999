import { dispose, RoomEvent } from "@livekit/rtc-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallMedia } from "../../src/telephony/carrier.ts";
import type { WebLeg } from "../../src/web-calls/web-carrier.ts";
import { listenTo } from "../harness/ear.ts";
import { tone } from "../harness/tone.ts";
import { joinWithRtcNode } from "./rtc-node-caller.ts";
import { startWebRoom } from "./web-room.ts";

let web: Awaited<ReturnType<typeof startWebRoom>>;
beforeAll(async () => {
  web = await startWebRoom();
});
afterAll(async () => {
  await web.stop();
  await dispose();
  expect(web.mediaErrors).toEqual([]);
});

async function call() {
  const token = await web.token();
  const [caller, leg] = await Promise.all([joinWithRtcNode(web.url, token), web.nextLeg()]);
  return { caller, leg, token };
}

async function answered(leg: WebLeg<CallMedia>): Promise<CallMedia> {
  const answer = await leg.answer();
  if (answer.outcome !== "answered") throw new Error("the caller was gone");
  return answer.media;
}

describe("a room, with LiveKit's own client", () => {
  it("carries voice both ways", async () => {
    const { caller, leg } = await call();
    const media = await answered(leg);
    const ear = listenTo(media);
    media.play(tone(440, 3_000));
    await caller.untilTone(440);
    const stop = await caller.hum(700);
    await ear.untilTone(700);
    stop();
    await caller.leave();
    expect(await leg.ended).toEqual({ cause: "remote-hangup" });
    const { codec, lostPackets } = await media.statistics();
    expect({ codec, lostPackets }).toEqual({ codec: "opus", lostPackets: 0 });
  });

  it("shows the assistant as one, and takes no camera", async () => {
    const { caller, leg } = await call();
    const [assistant] = caller.room.remoteParticipants.values();
    expect(assistant).toMatchObject({ identity: "assistant", attributes: { "lk.agent.state": "listening" } });
    await caller.leave();
    expect(await leg.ended).toEqual({ cause: "cancelled" });
  });

  it("brings what is typed, data of the page's, and digits", async () => {
    const { caller, leg } = await call();
    const media = await answered(leg);
    const texts = Promise.withResolvers<string>();
    const data = Promise.withResolvers<unknown>();
    const digit = Promise.withResolvers<string>();
    leg.onText(texts.resolve);
    leg.onData(({ topic, payload }) => data.resolve([topic, Buffer.from(payload).toString()]));
    media.onDigit(digit.resolve);
    const { localParticipant } = caller.room;
    await localParticipant!.sendText("Café, 24 hours?", { topic: "lk.chat" });
    await localParticipant!.publishData(new TextEncoder().encode("red"), { reliable: true, topic: "colour" });
    await localParticipant!.publishDtmf(5, "5");
    expect(await texts.promise).toBe("Café, 24 hours?");
    expect(await data.promise).toEqual(["colour", "red"]);
    expect(await digit.promise).toBe("5");
    await caller.leave();
    await leg.ended;
  });

  it("shows what was said, and data of ours", async () => {
    const { caller, leg } = await call();
    await answered(leg);
    const stream = new Promise<unknown>((resolve) => {
      caller.room.registerTextStreamHandler("lk.transcription", (reader, { identity }) => {
        void reader.readAll().then((text) => resolve({ text, identity, attributes: reader.info.attributes }));
      });
    });
    const data = new Promise<unknown>((resolve) => {
      caller.room.once(RoomEvent.DataReceived, (payload: Uint8Array, who, _kind, topic) =>
        resolve([Buffer.from(payload).toString(), who?.identity, topic]),
      );
    });
    leg.sendTranscription({ segmentId: "s1", text: "Guten Tag", isFinal: true, speaker: "assistant" });
    leg.sendData({ topic: "weather", payload: new TextEncoder().encode("rain") });
    const [assistant] = caller.room.remoteParticipants.values();
    const [trackSid] = assistant!.trackPublications.keys();
    expect(await stream).toEqual({
      text: "Guten Tag",
      identity: "assistant",
      attributes: {
        "lk.segment_id": "s1",
        "lk.transcription_final": "true",
        "lk.transcribed_track_id": trackSid,
      },
    });
    expect(await data).toEqual(["rain", "assistant", "weather"]);
    await caller.leave();
    await leg.ended;
  });

  it("answers a remote call of a method with words", async () => {
    const { caller, leg } = await call();
    await answered(leg);
    await expect(
      caller.room.localParticipant!.performRpc({
        destinationIdentity: "assistant",
        method: "dance",
        payload: "",
      }),
    ).rejects.toMatchObject({ code: 1_400 });
    await caller.leave();
    await leg.ended;
  });

  it("sends the caller away when we hang up", async () => {
    const { caller, leg } = await call();
    await answered(leg);
    await leg.hangUp();
    await caller.untilDisconnected();
    expect(await leg.ended).toEqual({ cause: "local" });
  });

  it("lets one caller in", async () => {
    const callId = "0198f0c0-0000-7000-8000-00000000000a";
    const [caller, leg] = await Promise.all([
      joinWithRtcNode(web.url, await web.token(callId)),
      web.nextLeg(),
    ]);
    const other = await web.token(callId, "somebody else");
    await expect(joinWithRtcNode(web.url, other)).rejects.toThrow(/403|in this call/);
    const refusal = await fetch(`${web.httpUrl}/rtc/validate?access_token=${other}`);
    expect([refusal.status, await refusal.text()]).toEqual([403, "Somebody else is in this call"]);
    await caller.leave();
    await leg.ended;
  });

  it("gives the room to the same caller's newer session", async () => {
    const { caller, leg, token } = await call();
    const media = await answered(leg);
    const again = await joinWithRtcNode(web.url, token);
    await caller.untilDisconnected();
    media.play(tone(440, 3_000));
    await again.untilTone(440);
    const ear = listenTo(media);
    const stop = await again.hum(700);
    await ear.untilTone(700);
    stop();
    await again.leave();
    expect(await leg.ended).toEqual({ cause: "remote-hangup" });
  });
});
