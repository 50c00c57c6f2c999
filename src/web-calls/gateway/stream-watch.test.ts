import { describe, expect, it } from "vitest";
import { createStreamWatch } from "./stream-watch.ts";

/** @param level  in -dBov; undefined: no extension */
function packet(sequence: number, level?: number, ssrc = 7): Buffer {
  const header = Buffer.alloc(12);
  header[0] = level === undefined ? 0x80 : 0x90;
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE(ssrc, 8);
  const extension = level === undefined ? [] : [0xbe, 0xde, 0, 1, 0x10, 0x80 | level, 0, 0];
  return Buffer.concat([header, Buffer.from(extension), Buffer.alloc(20)]);
}

describe("what headers tell of a stream", () => {
  it("counts what is missing, over the wrap of the sequence number and out of order", () => {
    const watch = createStreamWatch();
    for (const sequence of [65_533, 65_534, 65_537, 65_536, 65_540]) watch.see(packet(sequence), undefined);
    expect(watch.take()).toMatchObject({ packets: 5, lost: 3 });
    expect(watch.take()).toMatchObject({ packets: 0, lost: 0 });
    watch.see(packet(65_541), undefined);
    expect(watch.take()).toMatchObject({ packets: 1, lost: 0 });
  });

  it("begins anew with another stream", () => {
    const watch = createStreamWatch();
    watch.see(packet(1), undefined);
    watch.see(packet(900, undefined, 8), undefined);
    expect(watch.take()).toMatchObject({ packets: 1, lost: 0 });
  });

  it.each<[string, Buffer, number | undefined, number]>([
    ["loud", packet(1, 0), 1, 1],
    ["-20 dBov", packet(1, 20), 1, 0.1],
    ["another extension", packet(1, 20), 3, 0],
    ["none agreed", packet(1, 20), undefined, 0],
    ["none there", packet(1), 1, 0],
    ["cut off", packet(1, 20).subarray(0, 14), 1, 0],
    ["no packet", Buffer.alloc(5), 1, 0],
  ])("how loud it is: %s", (_name, bytes, extensionId, loudest) => {
    const watch = createStreamWatch();
    watch.see(bytes, extensionId);
    expect(watch.take().loudest).toBeCloseTo(loudest, 6);
  });
});
