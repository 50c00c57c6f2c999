import type { PortRange } from "../../config.ts";
import type { Clock } from "../../clock.ts";
import type { CallMedia } from "../carrier.ts";
import type { MediaEngine, MediaPort } from "../media-engine.ts";
import { createPacer } from "./pacer.ts";
import { createRtpPorts, type OpenRtpPort } from "./rtp-ports.ts";
import { startRtpSession, type RtpSession } from "./rtp-session.ts";

/** RTP from the peer is missing for this long while it is not on hold: it is gone without a BYE. */
const MEDIA_TIMEOUT_MS = 30_000;

export interface LocalMediaOptions {
  /** where RTP is bound */
  bindAddress: string;
  ports: PortRange;
  mediaTimeoutMs?: number | undefined;
  clock: Clock;
  /** told of a call's audio that threw: a bug of ours, of one call */
  onError: (error: unknown) => void;
  /** told with each tick of the pacer how late it came, for those who judge whether more calls can be carried */
  onTick?: ((latenessMs: number) => void) | undefined;
}

/** Audio in this very thread. */
export function createLocalMedia(options: LocalMediaOptions): MediaEngine<CallMedia> {
  const ports = createRtpPorts(options.ports);
  const pacer = createPacer(options.clock, options.onError, options.onTick);
  return {
    hasRoom: () => ports.freePorts > 0,
    async open({ onLost }) {
      const opened = await ports.open(options.bindAddress);
      return opened && openPort(opened, onLost);
    },
  };

  function openPort(opened: OpenRtpPort, onLost: (detail: string) => void): MediaPort<CallMedia> {
    const mediaTimeoutMs = options.mediaTimeoutMs ?? MEDIA_TIMEOUT_MS;
    let session: RtpSession | undefined;
    let isClosed = false;
    return {
      port: opened.port,
      start(parameters) {
        session = startRtpSession({
          socket: opened.socket,
          release: opened.release,
          pacer,
          clock: options.clock,
          parameters,
          mediaTimeoutMs,
          onTimeout: () => onLost(`no audio came for ${mediaTimeoutMs / 1_000} s`),
        });
        return session.media;
      },
      update: (parameters) => session?.update(parameters),
      injectDigit: (digit) => session?.injectDigit(digit),
      close() {
        const counters = session?.counters;
        if (isClosed) return Promise.resolve(counters);
        isClosed = true;
        if (session) session.close();
        else opened.release();
        return Promise.resolve(counters);
      },
    };
  }
}
