import { open, stat } from "node:fs/promises";

/** A recording, read as a player would. */
export interface Wav {
  durationMs: number;
  /** samples of one channel; for what is not worth reading whole, a part of it */
  left(fromMs?: number, untilMs?: number): Promise<Int16Array>;
  right(fromMs?: number, untilMs?: number): Promise<Int16Array>;
}

/** @throws when the header and the file's length say different things */
export async function readWav(path: string): Promise<Wav> {
  const header = await read(path, 0, 44);
  const dataBytes = header.readUInt32LE(40);
  const { size } = await stat(path);
  if (header.toString("latin1", 36, 40) !== "data" || size !== dataBytes + 44) {
    throw new Error(`a WAV file of ${size} bytes says that it has ${dataBytes}`);
  }
  const durationMs = dataBytes / 32;

  async function channel(offset: number, fromMs = 0, untilMs = durationMs): Promise<Int16Array> {
    const bytes = await read(path, 44 + fromMs * 32, (untilMs - fromMs) * 32);
    return Int16Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readInt16LE(index * 4 + offset));
  }
  return {
    durationMs,
    left: (fromMs, untilMs) => channel(0, fromMs, untilMs),
    right: (fromMs, untilMs) => channel(2, fromMs, untilMs),
  };
}

async function read(path: string, position: number, lengthBytes: number): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(lengthBytes), 0, lengthBytes, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
