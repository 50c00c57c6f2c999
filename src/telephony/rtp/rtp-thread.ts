import { createBirpc } from "birpc";
import { parentPort, workerData } from "node:worker_threads";
import { systemClock } from "../../clock.ts";
import { toError } from "../../errors.ts";
import { SAMPLES_PER_FRAME, type CallMedia } from "../carrier.ts";
import type { MediaPort } from "../media-engine.ts";
import { prepareBackgroundClips } from "./background-clips.ts";
import { createLatenessWatch } from "./lateness-watch.ts";
import { createLocalMedia } from "./local-media.ts";
import type { RtpThreadEvents, RtpThreadFunctions, RtpThreadSettings } from "./rtp-thread-contract.ts";

/**
 * The thread that sends and receives RTP for all calls of a worker process, and does nothing else: language models,
 * speech and voice activity detection keep the other thread busy for tens of milliseconds at a time, and audio has to
 * leave every 20.
 */
interface ThreadLeg {
  port: MediaPort<CallMedia>;
  media: CallMedia | undefined;
  /** samples that were given and not taken back */
  addedSamples: number;
}

/** The report of a call asks for its figures when its audio is over. */
const KEPT_MS = 30_000;

if (!parentPort) throw new Error("this is the program of a worker thread");
const thread = parentPort;
const settings = workerData as RtpThreadSettings;
const legs = new Map<string, ThreadLeg>();
const heard: { id: string; leg: ThreadLeg; frame: Int16Array }[] = [];
const lateness = createLatenessWatch((p99Ms) => void events.lateness.asEvent(p99Ms));

const engine = createLocalMedia({
  ...settings,
  clock: systemClock,
  onError: (error) => void events.failed.asEvent(toError(error)),
  onTick(latenessMs) {
    lateness.add(latenessMs);
    tellTick();
  },
});

function mediaOf(id: string): CallMedia {
  const media = legs.get(id)?.media;
  if (!media) throw new Error("this leg is not there, or never began");
  return media;
}

const playedSamples = ({ media, addedSamples }: ThreadLeg) => addedSamples - (media?.queuedSamples ?? 0);

function tellTick(): void {
  if (heard.length === 0) return;
  const frames = new Int16Array(heard.length * SAMPLES_PER_FRAME);
  for (const [index, { frame }] of heard.entries()) frames.set(frame, index * SAMPLES_PER_FRAME);
  void events.tick.asEvent({
    ids: heard.map(({ id }) => id),
    heard: frames,
    played: heard.map(({ leg }) => playedSamples(leg)),
  });
  heard.length = 0;
}

prepareBackgroundClips();

const functions: RtpThreadFunctions = {
  ready: () => undefined,
  async open(id) {
    const port = await engine.open({ onLost: (detail) => void events.lost.asEvent(id, detail) });
    if (port) legs.set(id, { port, media: undefined, addedSamples: 0 });
    return port?.port;
  },
  start(id, parameters) {
    const leg = legs.get(id);
    if (!leg) return;
    const media = leg.port.start(parameters);
    leg.media = media;
    media.onAudio((frame) => heard.push({ id, leg, frame }));
    media.onDigit((digit) => void events.digit.asEvent(id, digit));
  },
  update: (id, parameters) => legs.get(id)?.port.update(parameters),
  injectDigit: (id, digit) => legs.get(id)?.port.injectDigit(digit),
  sendDigits: (id, digits) => legs.get(id)?.media?.sendDigits(digits),
  play(id, samples) {
    const leg = legs.get(id);
    if (!leg?.media) return;
    leg.media.play(samples);
    leg.addedSamples += samples.length;
  },
  clearPlayout(id) {
    const leg = legs.get(id);
    if (!leg?.media) return 0;
    leg.addedSamples -= leg.media.clearPlayout();
    return leg.addedSamples;
  },
  pausePlayout: (id) => legs.get(id)?.media?.pausePlayout(),
  resumePlayout: (id) => legs.get(id)?.media?.resumePlayout(),
  setBackground: (id, background) => legs.get(id)?.media?.setBackground(background),
  relayTo: (id, otherId) =>
    legs.get(id)?.media?.relayTo(otherId === undefined ? undefined : legs.get(otherId)?.media),
  setRingback: (id, isOn) => legs.get(id)?.media?.setRingback(isOn),
  startRecording: (id, recording) => legs.get(id)?.media?.startRecording(recording),
  stopRecording: (id) => legs.get(id)?.media?.stopRecording() ?? Promise.resolve({ outcome: "nothing" }),
  statistics: (id) => mediaOf(id).statistics(),
  startHeaderCapture: (id) => legs.get(id)?.media?.startHeaderCapture(),
  capturedHeaders: (id) => mediaOf(id).capturedHeaders(),
  async close(id) {
    setTimeout(() => legs.delete(id), KEPT_MS).unref();
    return legs.get(id)?.port.close();
  },
};

const events = createBirpc<RtpThreadEvents, RtpThreadFunctions>(functions, {
  post: (message) => thread.postMessage(message),
  on: (listener) => void thread.on("message", listener),
  timeout: -1,
});
