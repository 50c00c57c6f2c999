/**
 * RIFF/WAVE with 16-bit linear PCM, the samples of all channels interleaved: what every player and every speech service
 * reads. Pure.
 */
export const WAV_HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;
const PCM = 1;
/** A size of 32 bits: 37 hours of stereo at 8 kHz, longer than any call may last. */
const MOST_BYTES = 0xffff_ffff - WAV_HEADER_BYTES;

/** @param dataBytes  of the samples behind it; 0 while the file still grows */
export function wavHeader(dataBytes: number, format: { channels: number; sampleRateHz: number }): Buffer {
  const sizeBytes = Math.min(dataBytes, MOST_BYTES);
  const frameBytes = format.channels * BYTES_PER_SAMPLE;
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(WAV_HEADER_BYTES - 8 + sizeBytes, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(PCM, 20);
  header.writeUInt16LE(format.channels, 22);
  header.writeUInt32LE(format.sampleRateHz, 24);
  header.writeUInt32LE(format.sampleRateHz * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(BYTES_PER_SAMPLE * 8, 34);
  header.write("data", 36, "latin1");
  header.writeUInt32LE(sizeBytes, 40);
  return header;
}
