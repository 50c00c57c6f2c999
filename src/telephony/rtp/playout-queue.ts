/** Samples that wait to be sent, in order; taken in frames, the last one filled up with silence. */
export interface PlayoutQueue {
  add(samples: Int16Array): void;
  /** Always `count` samples. */
  take(count: number): Int16Array;
  /** @returns how many samples were dropped */
  clear(): number;
  readonly length: number;
}

export function createPlayoutQueue(): PlayoutQueue {
  let chunks: Int16Array[] = [];
  let offset = 0;
  let length = 0;
  return {
    add(samples) {
      if (samples.length === 0) return;
      chunks.push(samples);
      length += samples.length;
    },
    take(count) {
      const frame = new Int16Array(count);
      let filled = 0;
      while (filled < count && chunks.length > 0) {
        const chunk = chunks[0]!;
        const part = chunk.subarray(offset, offset + count - filled);
        frame.set(part, filled);
        filled += part.length;
        offset += part.length;
        if (offset === chunk.length) {
          chunks.shift();
          offset = 0;
        }
      }
      length -= filled;
      return frame;
    },
    clear() {
      const dropped = length;
      chunks = [];
      offset = 0;
      length = 0;
      return dropped;
    },
    get length() {
      return length;
    },
  };
}
