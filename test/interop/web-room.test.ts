import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallMedia } from "../../src/telephony/carrier.ts";
import type { WebLeg } from "../../src/web-calls/web-carrier.ts";
import { listenTo } from "../harness/ear.ts";
import { tone } from "../harness/tone.ts";
import { startWebRoom } from "../web-calls/web-room.ts";
import { isInstalled } from "./installed.ts";
import { openPage, type PageCaller } from "./page-caller.ts";

let web: Awaited<ReturnType<typeof startWebRoom>>;
beforeAll(async () => {
  web = await startWebRoom();
});
afterAll(async () => {
  await web.stop();
  expect(web.mediaErrors).toEqual([]);
});

const HUM_HZ = 700;

async function call(client: Parameters<typeof openPage>[0]) {
  const caller = await openPage(client, HUM_HZ);
  const [leg] = await Promise.all([web.nextLeg(), caller.connect(web.url, await web.token())]);
  const media = await answered(leg);
  return { caller, leg, media };
}

async function answered(leg: WebLeg<CallMedia>): Promise<CallMedia> {
  const answer = await leg.answer();
  if (answer.outcome !== "answered") throw new Error("the caller was gone");
  return answer.media;
}

const publish = ({ page }: PageCaller) =>
  page.evaluate("room.localParticipant.setMicrophoneEnabled(true).then(() => {})");

describe.skipIf(!isInstalled("chromium"))("a room, in Chromium", () => {
  describe.each(["livekit-client", "livekit-client-older"] as const)("with %s", (client) => {
    it("carries voice both ways, text and data, and ends when the page leaves", async () => {
      const { caller, leg, media } = await call(client);
      const ear = listenTo(media);
      media.play(tone(440, 20_000));
      await caller.untilHeard(440);
      await publish(caller);
      await ear.untilTone(HUM_HZ);

      const typed = new Promise((resolve) => leg.onText(resolve));
      await caller.page.evaluate(
        `room.localParticipant.sendText("Hello there", { topic: "lk.chat" }).then(() => {})`,
      );
      expect(await typed).toBe("Hello there");
      const digit = new Promise((resolve) => media.onDigit(resolve));
      await caller.page.evaluate(`room.localParticipant.publishDtmf(9, "9")`);
      expect(await digit).toBe("9");

      leg.sendTranscription({ segmentId: "1", text: "Guten", isFinal: false, speaker: "assistant" });
      leg.sendTranscription({ segmentId: "1", text: "Guten Tag", isFinal: true, speaker: "assistant" });
      leg.sendTranscription({ segmentId: "2", text: "Hallo", isFinal: true, speaker: "caller" });
      leg.sendData({ topic: "weather", payload: new TextEncoder().encode("rain") });
      await caller.untilEvents([
        "connected",
        "speaking assistant,caller",
        "stream assistant: Guten…",
        "stream assistant: Guten Tag",
        "stream caller: Hallo",
        "transcription assistant: Guten Tag",
        "transcription caller: Hallo",
        "data weather: rain",
      ]);

      await caller.page.evaluate("room.disconnect()");
      expect(await leg.ended).toEqual({ cause: "remote-hangup" });
      const { lostPackets } = await media.statistics();
      expect(lostPackets).toBe(0);
      await caller.close();
    });

    it("says at once that a camera is not for this room, and goes on", async () => {
      const { caller, leg, media } = await call(client);
      const camera = await caller.page.evaluate<string>(
        "room.localParticipant.setCameraEnabled(true).then(() => 'published', (error) => error.message)",
      );
      expect(camera).toMatch(/insufficient permissions/);
      const ear = listenTo(media);
      await publish(caller);
      await ear.untilTone(HUM_HZ);
      await leg.hangUp();
      await caller.untilEvents(["disconnected 5"]);
      await caller.close();
    });

    it("goes on after its microphone was muted, and after its WebSocket was lost", async () => {
      const { caller, leg, media } = await call(client);
      const ear = listenTo(media);
      await publish(caller);
      await ear.untilTone(HUM_HZ);
      await caller.page.evaluate("room.localParticipant.setMicrophoneEnabled(false).then(() => {})");
      await caller.page.evaluate("room.localParticipant.setMicrophoneEnabled(true).then(() => {})");
      await ear.untilTone(HUM_HZ);
      await caller.page.evaluate(`room.simulateScenario("signal-reconnect")`);
      await caller.untilEvents(["reconnected"]);
      media.play(tone(440, 20_000));
      await caller.untilHeard(440);
      await ear.untilTone(HUM_HZ);
      await caller.page.evaluate(`room.simulateScenario("full-reconnect")`);
      await caller.page.waitForFunction(
        `events.filter((each) => each === "reconnected").length === 2`,
        undefined,
        {
          timeout: 20_000,
        },
      );
      await caller.untilHeard(440);
      await ear.untilTone(HUM_HZ);
      await caller.page.evaluate("room.disconnect()");
      expect(await leg.ended).toEqual({ cause: "remote-hangup" });
      await caller.close();
    });
  });
});
