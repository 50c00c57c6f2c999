import { createBirpc } from "birpc";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { systemClock } from "../clock.ts";
import { prepareConversations } from "../conversation/agent-conversation.ts";
import { createSpeech } from "../conversation/speech.ts";
import { toError } from "../errors.ts";
import { createLogger } from "../logger.ts";
import { createProviders } from "../speech/providers.ts";
import { createEspeak } from "../speech/tts/espeak.ts";
import type { CallMedia } from "../telephony/carrier.ts";
import type { MediaPort } from "../telephony/media-engine.ts";
import { startThreadedMedia, type ThreadedMedia } from "../telephony/rtp/threaded-media.ts";
import { createLentFunctions } from "./lent-functions.ts";
import { createSpeechHost } from "./speech-host.ts";
import { SPEECH_SCOPE, type MainFunctions, type WorkerFunctions } from "./worker-contract.ts";

/**
 * The program of a worker process: the conversations and the audio of its share of the calls. It holds no state that
 * outlives a call, and ends when the main process does, however that ended.
 */
const NANOSECONDS_PER_MS = 1e6;
/** The report of a call asks for its figures when its audio is over. */
const KEPT_MS = 30_000;

let audio: ThreadedMedia | undefined;
const ports = new Map<
  string,
  { port: MediaPort<CallMedia>; media: CallMedia | undefined; isClosed: boolean }
>();
const espeak = createEspeak();
const loopDelay = monitorEventLoopDelay({ resolution: 10 });
loopDelay.enable();
let logger = createLogger({ level: "warn" });

function mediaOf(mediaId: string): CallMedia {
  const media = ports.get(mediaId)?.media;
  if (!media) throw new Error("this leg is not there, or never began");
  return media;
}

const functions: WorkerFunctions = {
  async start(settings) {
    logger = createLogger({ level: settings.logLevel });
    prepareConversations();
    audio = startThreadedMedia(settings.rtp, {
      died(error) {
        // Without audio every call of this process is lost; the main process ends them and starts another.
        logger.fatal({ err: error }, "the audio thread ended");
        process.exit(1);
      },
      failed: (error) => logger.error({ err: error }, "a call's audio tick failed"),
      lateness(audioLatenessP99Ms) {
        void main.load.asEvent({
          audioLatenessP99Ms,
          loopDelayP99Ms: loopDelay.percentile(99) / NANOSECONDS_PER_MS,
        });
        loopDelay.reset();
      },
    });
    // What loading all this took says nothing of how calls are carried.
    loopDelay.reset();
    await audio.ready;
  },
  async stop() {
    await espeak.stop();
    await audio?.stop();
    process.disconnect();
  },
  async openMedia(mediaId) {
    const port = await audio?.engine.open({
      onLost: (detail) => void main.mediaLost.asEvent(mediaId, detail),
    });
    if (port) ports.set(mediaId, { port, media: undefined, isClosed: false });
    return port?.port;
  },
  startMedia(mediaId, parameters) {
    const opened = ports.get(mediaId);
    if (!opened) return;
    opened.media = opened.port.start(parameters);
    opened.media.onDigit((digit) => void main.digitPressed.asEvent(mediaId, digit));
  },
  updateMedia: (mediaId, parameters) => ports.get(mediaId)?.port.update(parameters),
  injectDigit: (mediaId, digit) => ports.get(mediaId)?.port.injectDigit(digit),
  sendDigits: (mediaId, digits) => ports.get(mediaId)?.media?.sendDigits(digits),
  clearPlayout: (mediaId) => void ports.get(mediaId)?.media?.clearPlayout(),
  setRingback: (mediaId, isOn) => ports.get(mediaId)?.media?.setRingback(isOn),
  relayMedia: (mediaId, otherId) =>
    ports.get(mediaId)?.media?.relayTo(otherId === undefined ? undefined : ports.get(otherId)?.media),
  startRecording: (mediaId, recording) => ports.get(mediaId)?.media?.startRecording(recording),
  stopRecording: (mediaId) =>
    ports.get(mediaId)?.media?.stopRecording() ?? Promise.resolve({ outcome: "nothing" }),
  statistics: (mediaId) => mediaOf(mediaId).statistics(),
  startHeaderCapture: (mediaId) => ports.get(mediaId)?.media?.startHeaderCapture(),
  capturedHeaders: (mediaId) => mediaOf(mediaId).capturedHeaders(),
  async closeMedia(mediaId) {
    const opened = ports.get(mediaId);
    if (!opened) return undefined;
    opened.isClosed = true;
    setTimeout(() => ports.delete(mediaId), KEPT_MS).unref();
    return opened.port.close();
  },
  invoke: (scope, path, args) => lent.invoke(scope, path, args),
  abort: (token) => lent.abort(token),
};

const main = createBirpc<MainFunctions, WorkerFunctions>(functions, {
  post: (message) => process.send!(message),
  on: (listener) => void process.on("message", listener),
  timeout: -1,
});
const lent = createLentFunctions({
  invoke: (scope, path, args) => main.invoke(scope, path, args),
  abort: (token) => void main.abort.asEvent(token),
});
lent.lend(
  SPEECH_SCOPE,
  createSpeechHost({
    lent,
    createSpeech: (settings) => {
      const providers = createProviders({ settings, espeak, clock: systemClock });
      return createSpeech({ providers, clock: systemClock, logger });
    },
    mediaOf(mediaId) {
      if (ports.get(mediaId)?.isClosed) throw new Error("the leg has ended");
      return mediaOf(mediaId);
    },
  }),
);

// Ctrl-C reaches every process of the terminal; when this one ends is the main process's to say.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);
process.on("disconnect", () => process.exit(0));
process.on("unhandledRejection", (reason) =>
  logger.error({ err: toError(reason) }, "an unhandled rejection"),
);
