import { createDigitReader } from "../../../src/telephony/rtp/telephone-event.ts";
import { createJitterBuffer } from "../../../src/telephony/rtp/jitter-buffer.ts";
import { readRtp, writeRtp } from "../../../src/telephony/rtp/rtp-packet.ts";
import { decodeG711 } from "../../../src/telephony/codec/g711.ts";
import { readSdp, writeAnswer } from "../../../src/telephony/sip/sdp.ts";
import { frameMessage } from "../../../src/telephony/sip/sip-text.ts";
import { createRandom, type Random } from "../../harness/seeded-random.ts";
import { validMessage } from "./corpus.ts";
import { mutate } from "./mutate.ts";

/** Whatever comes in, a reader answers; it never throws. Each gets `count` inputs. @returns the failures */
export function fuzzReaders(options: { count: number; seed: number }): string[] {
  const random = createRandom(options.seed);
  const failures: string[] = [];
  for (const [name, reader] of Object.entries(READERS)) {
    const read = reader(random);
    for (let done = 0; done < options.count && failures.length < 20; done++) {
      const input = read.input(done);
      try {
        read.feed(input);
      } catch (error) {
        failures.push(`${name}: ${(error as Error).stack}\nfor ${input.toString("hex")}`);
      }
    }
  }
  return failures;
}

interface Reader {
  input(index: number): Buffer;
  feed(bytes: Buffer): void;
}

const READERS: Record<string, (random: Random) => Reader> = {
  rtp(random) {
    const jitter = createJitterBuffer();
    const readDigit = createDigitReader();
    const sample = Buffer.alloc(160, 0x55);
    return {
      input(index) {
        const payload = index % 3 === 0 ? Buffer.from([5, 0x8a, 0, 160]) : sample;
        const header = {
          payloadType: index % 3 === 0 ? 101 : 0,
          sequence: index & 0xffff,
          timestamp: (index * 160) >>> 0,
          ssrc: 7,
          isMarked: index % 50 === 0,
        };
        return mutate(writeRtp(header, payload), random);
      },
      feed(bytes) {
        const result = readRtp(bytes);
        if (result.outcome !== "rtp") return;
        const { packet, payload } = result;
        if (packet.getPayloadType() === 101) readDigit(packet.getTimestamp(), payload);
        else jitter.push(packet.getTimestamp(), decodeG711("PCMU", payload));
        jitter.pop();
      },
    };
  },
  "telephone-event": (random) => {
    const read = createDigitReader();
    return {
      input: () =>
        mutate(Buffer.from([random() * 256, random() * 256, random() * 256, random() * 256]), random),
      feed: (bytes) => void read((random() * 2 ** 32) >>> 0, bytes),
    };
  },
  framing(random) {
    let rest: Buffer = Buffer.alloc(0);
    return {
      input: (index) => mutate(Buffer.from(validMessage(random, [], index)), random),
      feed(bytes) {
        rest = Buffer.concat([rest, bytes]);
        for (;;) {
          const frame = frameMessage(rest);
          if (frame.outcome === "incomplete") break;
          if (frame.outcome === "malformed") {
            rest = Buffer.alloc(0);
            return;
          }
          // A frame that takes nothing would be taken for ever.
          if (frame.rest.length >= rest.length) throw new Error("no progress");
          rest = frame.rest;
        }
      },
    };
  },
  sdp: (random) => ({
    input(index) {
      const message = validMessage(random, [], index);
      return mutate(Buffer.from(message.slice(message.indexOf("\r\n\r\n") + 4) || "v=0\r\n"), random);
    },
    feed(bytes) {
      const offer = readSdp(bytes.toString("utf8"));
      if (offer.outcome === "usable")
        writeAnswer(offer, { address: "127.0.0.1", port: 4_000, sessionId: 1, version: 1 });
    },
  }),
};
