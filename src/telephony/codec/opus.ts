import {
  Application,
  createDecoder,
  createEncoder,
  isOpusError,
  loadLibopus,
  Signal,
  type OpusDecoderHandle,
  type OpusEncoderHandle,
} from "libopus-wasm";
import { SAMPLE_RATE_HZ, SAMPLES_PER_FRAME } from "../carrier.ts";
import type { AudioCodec } from "./audio-codec.ts";
import { RTP_CODECS } from "./rtp-codecs.ts";

/**
 * Opus (RFC 6716) at the rate of telephone audio: libopus encodes and decodes 8 kHz itself, so nothing is resampled here,
 * and a peer that sends the full band in stereo is heard all the same. Figures in docs/decisions/0026.
 */
const BITRATE = 24_000;
/** 0 to 10. Measured in per cent of a core a call: 0.3 at 1, 0.4 at 3, 0.5 at 5; speech at this rate gains nothing beyond. */
const COMPLEXITY = 3;
/** RFC 6716, 3.4: the longest frame; one of ours is 60 bytes */
const MOST_FRAME_BYTES = 1_275;

// Loaded with the module, once for the process: by the first call it is there.
const loaded = loadLibopus();
// Who makes a codec is told; until then it is nobody's.
loaded.catch(() => undefined);

export function createOpusCodec(): AudioCodec {
  let encoder: OpusEncoderHandle | undefined;
  let decoder: OpusDecoderHandle | undefined;
  let failure: Error | undefined;
  let isClosed = false;

  // The library makes its objects in a promise's time, less than a frame. What is said before is lost, as on the network.
  async function open(): Promise<void> {
    const channels = 1;
    const sampleRate = SAMPLE_RATE_HZ;
    const [made, madeToo] = await Promise.all([
      createEncoder({
        channels,
        sampleRate,
        application: Application.Voip,
        signal: Signal.Voice,
        bitrate: BITRATE,
        complexity: COMPLEXITY,
        frameSize: SAMPLES_PER_FRAME,
      }),
      createDecoder({ channels, sampleRate }),
    ]);
    [encoder, decoder] = [made, madeToo];
    if (isClosed) free();
  }

  function free(): void {
    encoder?.free();
    decoder?.free();
    encoder = undefined;
    decoder = undefined;
  }

  open().catch((error: unknown) => {
    failure = new Error("Opus could not be started", { cause: error });
  });

  return {
    clockRateHz: RTP_CODECS.opus.clockRateHz,
    mostFrameBytes: MOST_FRAME_BYTES,
    encode(frame, into) {
      if (failure) throw failure;
      if (!encoder) return 0;
      const bytes = encoder.encode(frame, { maxPacketBytes: MOST_FRAME_BYTES });
      into.set(bytes);
      return bytes.length;
    },
    decode(payload) {
      // An empty payload would mean "conceal a loss" to the library; here it is none of Opus (RFC 6716, 3.4).
      if (!decoder || payload.length === 0) return undefined;
      try {
        return decoder.decode(payload);
      } catch (error) {
        if (isOpusError(error)) return undefined;
        throw error;
      }
    },
    close() {
      isClosed = true;
      free();
    },
  };
}
