import type { AssistantConfiguration } from "../assistants/configuration.ts";
import { TTS_FAILED } from "../speech/providers.ts";
import type { CallMedia } from "../telephony/carrier.ts";
import type { CallAudioOutput } from "./audio-output.ts";
import type { SpeakText } from "./conversation.ts";
import { sentencesOf } from "./sentences.ts";

/**
 * Tells the caller that something has failed for good. The session is still being closed meanwhile, which can take two
 * seconds that nobody should spend in silence; so its audio is cut off from the line first.
 *
 * @param error  what has failed: a voice that has just failed would only make the caller wait once more
 * @param over   aborted when the caller is gone
 * @returns what was said; undefined when nothing could be
 */
export async function apologize(options: {
  error: string;
  configuration: AssistantConfiguration;
  media: CallMedia;
  output: CallAudioOutput;
  speakText: SpeakText;
  over: AbortSignal;
}): Promise<string | undefined> {
  const { configuration, media } = options;
  options.output.detach();
  const { stt_config: language } = configuration;
  const { apology } = sentencesOf(configuration);
  const spoken = await options.speakText({
    text: apology,
    configuration:
      options.error === TTS_FAILED ? { ...(language && { stt_config: language }) } : configuration,
    media,
    signal: options.over,
  });
  return spoken.outcome === "spoken" && !options.over.aborted ? apology : undefined;
}
