import { describe, expect, it } from "vitest";
import { nextPresence, NOT_YET, type Presence, type PresenceInput } from "./presence.ts";

const joins: PresenceInput = { type: "signalling-open", isResume: false };
const resumes: PresenceInput = { type: "signalling-open", isResume: true };
const gone: PresenceInput = { type: "signalling-gone" };
const audio: PresenceInput = { type: "audio-stands" };
const closed: PresenceInput = { type: "audio-gone" };
const leaves: PresenceInput = { type: "left" };
const timer: PresenceInput = { type: "timer" };

function after(...inputs: PresenceInput[]) {
  let presence: Presence = NOT_YET;
  let timerMs: number | null | undefined;
  let end: unknown;
  for (const input of inputs) {
    const step = nextPresence(presence, input);
    presence = step.presence;
    if (step.timerMs !== undefined) timerMs = step.timerMs;
    end ??= step.end;
  }
  return { state: presence.state, timerMs, end };
}

const lost = (detail: string) => ({ cause: "lost", detail });

describe("whether a caller is there", () => {
  it.each<[string, PresenceInput[], ReturnType<typeof after>]>([
    ["joins", [joins], { state: "joining", timerMs: 20_000, end: undefined }],
    ["is heard", [joins, audio], { state: "present", timerMs: null, end: undefined }],
    [
      "never gets audio",
      [joins, timer],
      { state: "ended", timerMs: null, end: lost("its browser found no way to send and receive audio") },
    ],
    ["leaves", [joins, audio, leaves], { state: "leaving", timerMs: 1_000, end: undefined }],
    [
      "closes its socket after it",
      [joins, audio, leaves, gone],
      { state: "leaving", timerMs: 1_000, end: undefined },
    ],
    [
      "has left",
      [joins, audio, leaves, gone, timer],
      { state: "ended", timerMs: null, end: { cause: "remote-hangup" } },
    ],
    [
      "starts over",
      [joins, audio, leaves, gone, joins],
      { state: "joining", timerMs: 20_000, end: undefined },
    ],
    ["loses its network", [joins, audio, gone], { state: "away", timerMs: 15_000, end: undefined }],
    ["loses it twice", [joins, audio, gone, gone], { state: "away", timerMs: 15_000, end: undefined }],
    ["comes back", [joins, audio, gone, resumes], { state: "present", timerMs: null, end: undefined }],
    [
      "comes back with everything new",
      [joins, audio, gone, joins],
      { state: "joining", timerMs: 20_000, end: undefined },
    ],
    [
      "comes back before it had audio",
      [joins, gone, resumes],
      { state: "joining", timerMs: 20_000, end: undefined },
    ],
    [
      "does not come back",
      [joins, audio, gone, timer],
      { state: "ended", timerMs: null, end: lost("its browser did not come back") },
    ],
    ["loses its audio alone", [joins, audio, closed], { state: "joining", timerMs: 20_000, end: undefined }],
    [
      "loses both and asks to go on",
      [joins, audio, gone, closed, resumes],
      { state: "joining", timerMs: 20_000, end: undefined },
    ],
    [
      "closes its audio as it leaves",
      [joins, audio, leaves, closed],
      { state: "leaving", timerMs: 1_000, end: undefined },
    ],
    [
      "gets its audio while away",
      [joins, gone, audio, resumes],
      { state: "present", timerMs: null, end: undefined },
    ],
    [
      "is gone, whatever comes then",
      [joins, gone, timer, joins, audio, leaves],
      { state: "ended", timerMs: null, end: lost("its browser did not come back") },
    ],
  ])("%s", (_name, inputs, expected) => {
    expect(after(...inputs)).toEqual(expected);
  });
});
