import { BACKGROUND_CLIPS, PARAMS } from "../assistants/catalog/params.ts";
import type { Background } from "../telephony/carrier.ts";
import type { LiveConversation } from "./live-conversation.ts";

/** `speech_config.background_audio` (facts 4.4). Pure. @returns null when there is none */
export function backgroundOf(speechConfig: Record<string, unknown> | null | undefined): Background | null {
  const given = (speechConfig?.["background_audio"] ?? {}) as Record<string, unknown>;
  if (given["enabled"] !== true) return null;
  const clip = BACKGROUND_CLIPS.find((name) => name === given["clip"]) ?? "office";
  const { min, max, default: usual } = PARAMS.background_audio.volume;
  const volume = typeof given["volume"] === "number" ? given["volume"] : usual;
  return { clip, volume: Math.min(max, Math.max(min, volume)) };
}

/** Under the assistant's voice and between its turns, from the answer to the hang-up. */
export function playBackground({ request, configuration, ending }: LiveConversation): void {
  const background = backgroundOf(configuration.speech_config);
  if (!background) return;
  request.media.setBackground(background);
  ending.over.addEventListener("abort", () => request.media.setBackground(null), { once: true });
}
