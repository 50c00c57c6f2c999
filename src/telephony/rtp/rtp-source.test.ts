import { expect, test } from "vitest";
import { createRtpSource } from "./rtp-source.ts";

const signalled = { address: "10.0.0.1", port: 4000 };
const a = { address: "192.0.2.1", port: 5000 };
const b = { address: "192.0.2.2", port: 6000 };
type Packet = [ssrc: number, from: typeof a, oldSilentForMs?: number];

const proven: Packet[] = [
  [1, a],
  [1, a],
  [1, a],
];

test.each<[string, Packet[], string[], typeof a]>([
  ["sends to the first that is heard, not to the signalled address", [[1, a]], ["changed"], a],
  [
    "keeps a proven stream through a stray packet",
    [...proven, [9, b], [1, a]],
    ["changed", "same", "same", "foreign", "same"],
    a,
  ],
  [
    "keeps it through a flood from elsewhere",
    [...proven, [9, b], [9, b], [9, b], [9, b]],
    ["changed", "same", "same", "foreign", "foreign", "foreign", "foreign"],
    a,
  ],
  [
    "keeps it through a forged SSRC at its own address, while it speaks itself",
    [...proven, [9, a], [1, a], [9, a], [1, a], [9, a]],
    ["changed", "same", "same", "foreign", "same", "foreign", "same", "foreign"],
    a,
  ],
  [
    "follows a new SSRC at the same address after three packets",
    [...proven, [2, a], [2, a], [2, a], [2, a]],
    ["changed", "same", "same", "foreign", "foreign", "changed", "same"],
    a,
  ],
  [
    "follows the same SSRC to another port after three packets",
    [...proven, [1, b], [1, b], [1, b]],
    ["changed", "same", "same", "foreign", "foreign", "same"],
    b,
  ],
  [
    "lets another source in once the old one is silent",
    [...proven, [2, b, 1_000], [2, b, 1_020], [2, b, 1_040]],
    ["changed", "same", "same", "foreign", "foreign", "changed"],
    b,
  ],
  [
    "is not held by a stray packet that came first",
    [
      [9, b],
      [1, a],
      [1, a],
      [1, a],
    ],
    ["changed", "foreign", "foreign", "changed"],
    a,
  ],
])("%s", (_sentence, packets, outcomes, destination) => {
  const source = createRtpSource(signalled);
  expect(source.destination).toEqual(signalled);
  expect(packets.map(([ssrc, from, silentForMs = 0]) => source.accept(ssrc, from, silentForMs))).toEqual(
    outcomes,
  );
  expect(source.destination).toEqual(destination);
});

test("starts over where a re-INVITE says", () => {
  const source = createRtpSource(signalled);
  for (const [ssrc, from] of proven) source.accept(ssrc, from, 0);
  source.redirect(b);
  expect(source.destination).toEqual(b);
  expect(source.accept(3, a, 0)).toBe("changed");
});
