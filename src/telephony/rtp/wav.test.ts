import { expect, test } from "vitest";
import { wavHeader } from "./wav.ts";

test.each([
  [0, 36, 0],
  [32_000, 32_036, 32_000],
  // More than 32 bits can say is cut off rather than wrapped round.
  [2 ** 33, 0xffff_ffff - 8, 0xffff_ffff - 44],
])("%i bytes of samples", (dataBytes, riffBytes, toldBytes) => {
  const header = wavHeader(dataBytes, { channels: 2, sampleRateHz: 8_000 });
  expect(header).toHaveLength(44);
  expect([header.toString("latin1", 0, 4), header.toString("latin1", 8, 16)]).toEqual(["RIFF", "WAVEfmt "]);
  expect({
    riff: header.readUInt32LE(4),
    format: header.readUInt16LE(20),
    channels: header.readUInt16LE(22),
    rate: header.readUInt32LE(24),
    bytesPerSecond: header.readUInt32LE(28),
    block: header.readUInt16LE(32),
    bits: header.readUInt16LE(34),
    data: header.readUInt32LE(40),
  }).toEqual({
    riff: riffBytes,
    format: 1,
    channels: 2,
    rate: 8_000,
    bytesPerSecond: 32_000,
    block: 4,
    bits: 16,
    data: toldBytes,
  });
});
