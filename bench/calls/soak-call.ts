import { setTimeout as sleep } from "node:timers/promises";
import type { CallerAudio } from "./caller-audio.ts";
import { openTelephoneWire } from "./call-wire.ts";
import { bindUdp, type SipCallers } from "./sip-callers.ts";
import { startTalkingCall } from "./talking-call.ts";

/** The ways in which a short call goes. */
export const KINDS = ["refused", "cancelled", "abandoned", "no ACK", "talk"] as const;
export type Kind = (typeof KINDS)[number];

const TALK_MS = 5_000;
const SHORT_MS = 300;

/** One short call; resolves when the caller's side of it is over. An abandoned one is over for the caller at once. */
export async function soakCall(options: {
  callers: SipCallers;
  kind: Kind;
  number: string;
  audio: CallerAudio;
  index: number;
}): Promise<"as meant" | "otherwise"> {
  const { callers, kind, index } = options;
  const socket = await bindUdp();
  const answered = Promise.withResolvers<{ address: string; port: number } | undefined>();
  const ended = Promise.withResolvers<void>();
  let isRefused = false;
  const dialog = callers.place({
    callId: `soak${process.pid}-${index}`,
    to: kind === "refused" ? "+31999999999" : options.number,
    from: `+316${String(20_000_000 + index)}`,
    rtpPort: socket.address().port,
    acknowledges: kind !== "no ACK",
    events: {
      onAnswered: (remote) => answered.resolve(remote),
      onRefused: () => (isRefused = true),
      onEnded() {
        answered.resolve(undefined);
        ended.resolve();
      },
    },
  });
  dialog.invite();
  try {
    if (kind === "refused") {
      await ended.promise;
      return isRefused ? "as meant" : "otherwise";
    }
    if (kind === "cancelled") {
      dialog.cancel();
      // It may have been answered before: then it is hung up.
      void answered.promise.then((remote) => remote && dialog.bye());
      await ended.promise;
      return "as meant";
    }
    // Our side has gone; the server is left to find out.
    if (kind === "no ACK") return "as meant";
    const remote = await answered.promise;
    if (!remote) return "otherwise";
    const talking = startTalkingCall({
      wire: openTelephoneWire(socket, remote, 0x10000 + index),
      audio: options.audio,
      index: index * 7,
      nowMs: performance.now(),
    });
    const untilMs = performance.now() + (kind === "talk" ? TALK_MS : SHORT_MS);
    while (performance.now() < untilMs) {
      talking.tick(performance.now());
      await sleep(10);
    }
    if (kind === "abandoned") return "as meant";
    dialog.bye();
    await ended.promise;
    return talking.samples.received > 0 ? "as meant" : "otherwise";
  } finally {
    socket.removeAllListeners("message");
    socket.close();
  }
}
