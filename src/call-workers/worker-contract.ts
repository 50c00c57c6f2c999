import type { AssistantConfiguration } from "../assistants/configuration.ts";
import type {
  Conversation,
  ConversationEnd,
  Speech,
  StartConversationResult,
  TranscriptMessage,
} from "../conversation/conversation.ts";
import type { ProviderSettings } from "../speech/provider-availability.ts";
import type { CapturedRtpHeader, Digit, MediaStatistics, RecordingResult } from "../telephony/carrier.ts";
import type { RtpCounters, RtpParameters } from "../telephony/rtp/rtp-session.ts";
import type { RtpThreadSettings } from "../telephony/rtp/rtp-thread-contract.ts";

/** What the main process and a worker process say to each other. */
export interface WorkerSettings {
  rtp: RtpThreadSettings;
  logLevel: string;
}

/** Called by the main process. */
export interface WorkerFunctions {
  /** once, before anything else; answered when calls can come */
  start(settings: WorkerSettings): Promise<void>;
  /** Ends the process, audio first. */
  stop(): Promise<void>;

  openMedia(mediaId: string): Promise<number | undefined>;
  startMedia(mediaId: string, parameters: RtpParameters): void;
  updateMedia(mediaId: string, parameters: RtpParameters): void;
  injectDigit(mediaId: string, digit: Digit): void;
  sendDigits(mediaId: string, digits: readonly Digit[]): void;
  clearPlayout(mediaId: string): void;
  setRingback(mediaId: string, isOn: boolean): void;
  /** @param otherId  undefined: to the listeners again */
  relayMedia(mediaId: string, otherId: string | undefined): void;
  startRecording(mediaId: string, options: { path: string }): void;
  stopRecording(mediaId: string): Promise<RecordingResult>;
  statistics(mediaId: string): Promise<MediaStatistics>;
  startHeaderCapture(mediaId: string): void;
  capturedHeaders(mediaId: string): Promise<CapturedRtpHeader[]>;
  /** What was recorded and counted can be asked for half a minute longer. */
  closeMedia(mediaId: string): Promise<RtpCounters | undefined>;

  invoke(scope: string, path: string, args: unknown[]): Promise<unknown>;
  abort(token: string): void;
}

/** Called by a worker process. */
export interface MainFunctions {
  mediaLost(mediaId: string, detail: string): void;
  digitPressed(mediaId: string, digit: Digit): void;
  load(load: WorkerLoad): void;

  invoke(scope: string, path: string, args: unknown[]): Promise<unknown>;
  abort(token: string): void;
}

/** How a worker is doing, about once a second while it has calls. */
export interface WorkerLoad {
  /** how late audio leaves */
  audioLatenessP99Ms: number;
  /** how long whatever has to be done waits for its turn */
  loopDelayP99Ms: number;
}

/** The scope under which a worker lends its speech. */
export const SPEECH_SCOPE = "speech";

/** What a worker lends: speech with the settings of an organization, on the audio of a leg. */
export interface HostedSpeech {
  /** @param request  a description of everything in the request but its media, lent under `requestScope(id)` */
  startConversation(
    id: string,
    mediaId: string,
    providers: ProviderSettings,
    request: unknown,
  ): Promise<HostedStart>;
  speakText(
    mediaId: string,
    providers: ProviderSettings,
    text: string,
    configuration: Pick<AssistantConfiguration, "tts_config">,
    signal: AbortSignal,
  ): ReturnType<Speech["speakText"]>;
  summarize(
    providers: ProviderSettings,
    messages: readonly TranscriptMessage[],
    configuration: AssistantConfiguration,
    signal: AbortSignal,
  ): Promise<string>;
  analyze(
    providers: ProviderSettings,
    call: Parameters<Speech["analyze"]>[0],
    configuration: AssistantConfiguration,
    signal: AbortSignal,
  ): ReturnType<Speech["analyze"]>;
}

/** `conversation`: a description of a `HostedConversation`, lent under `conversationScope(id)`. */
export type HostedStart =
  | { outcome: "started"; conversation: unknown; messages: TranscriptMessage[] }
  | Extract<StartConversationResult, { outcome: "failed" }>;

export type HostedConversation = Omit<Conversation, "ended" | "messages"> & {
  untilEnd(): Promise<ConversationEnd>;
};

export const requestScope = (id: string) => `request ${id}`;
export const conversationScope = (id: string) => `conversation ${id}`;
