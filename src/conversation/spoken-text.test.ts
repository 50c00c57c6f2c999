import { AudioFrame, AudioResampler } from "@livekit/rtc-node";
import { afterEach, expect, test, vi } from "vitest";
import { fromVoice, type SpokenText } from "./spoken-text.ts";

afterEach(() => vi.restoreAllMocks());

const frame = () => new AudioFrame(new Int16Array(480), 24_000, 1, 480);

function voice(end: "never" | "done" | "broken"): ReadableStream<AudioFrame> {
  let count = 0;
  return new ReadableStream({
    pull(controller) {
      if (count++ < 10 || end === "never") controller.enqueue(frame());
      else if (end === "done") controller.close();
      else controller.error(new Error("the voice broke"));
    },
  });
}

test.each([
  ["spoken to its end", "done"],
  ["cut off", "never"],
  ["whose voice breaks", "broken"],
] as const)("a reply that is %s leaves no native resampler behind", async (_name, end) => {
  const closed = vi.spyOn(AudioResampler.prototype, "close");
  const spoken: SpokenText = { text: "", samples: 0, isComplete: false };
  const reader = fromVoice(voice(end), spoken).getReader();
  const read = async () => {
    for (let count = 0; end !== "never" || count < 5; count++) if ((await reader.read()).done) return;
  };
  if (end === "broken") await expect(read()).rejects.toThrow("the voice broke");
  else await read();
  await reader.cancel().catch(() => undefined);
  expect(closed).toHaveBeenCalledOnce();
});
