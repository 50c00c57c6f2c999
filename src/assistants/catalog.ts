/**
 * Which providers and models a configuration may name (facts 4 and 15), as data. `models: null`: any name.
 * `openai` for speech, `local` and `scripted` are ours.
 */
export interface CatalogEntry {
  /** the first is the default */
  models: readonly string[] | null;
  /** speech-to-speech: brings its own voice, so tts_config is null */
  isRealtime?: true;
}

type Catalog = Record<string, CatalogEntry>;

export const LLM_CATALOG: Catalog = {
  openai: {
    models: [
      "gpt-5.4",
      "gpt-5.4-mini",
      "gpt-5.4-nano",
      "gpt-5.2",
      "gpt-5.1",
      "gpt-5",
      "gpt-5-mini",
      "gpt-5-nano",
      "gpt-4.1",
      "gpt-4.1-mini",
      "gpt-4.1-nano",
      "gpt-5.6-luna",
      "gpt-5.6-terra",
      "gpt-5.6-sol",
      "gpt-4o-mini",
    ],
  },
  xai: { models: ["grok-4.3"] },
  mistral: {
    models: [
      "mistral-medium-latest",
      "mistral-small-latest",
      "mistral-large-latest",
      "ministral-8b-latest",
      "ministral-14b-latest",
      "ministral-3b-latest",
    ],
  },
  google: {
    models: ["gemini-3.5-flash-lite", "gemini-3.5-flash", "gemini-2.5-flash-lite", "gemini-2.5-flash"],
  },
  google_realtime: {
    isRealtime: true,
    models: [
      "gemini-live-2.5-flash-native-audio",
      "gemini-2.5-flash-native-audio-preview-12-2025",
      "gemini-3.1-flash-live-preview",
      "gemini-3.8-live",
    ],
  },
  xai_realtime: { isRealtime: true, models: ["grok-voice-think-fast-2.0"] },
  openai_live: { isRealtime: true, models: ["gpt-live-1"] },
  scripted: { models: ["script-1"] },
};

export const STT_CATALOG: Catalog = {
  deepgram: { models: ["nova-3", "nova-3-general"] },
  elevenlabs: { models: ["scribe_v2_realtime"] },
  gladia: { models: ["solaria-1"] },
  mistral: { models: ["voxtral-mini-latest"] },
  google: { models: ["chirp_3"] },
  openai: { models: null },
  scripted: { models: ["script-1"] },
};

export const TTS_CATALOG: Catalog = {
  elevenlabs: {
    models: [
      "eleven_flash_v2_5",
      "eleven_v4_turbo",
      "eleven_v4",
      "eleven_v3",
      "eleven_multilingual_v2",
      "eleven_turbo_v2_5",
    ],
  },
  inworld: {
    models: ["inworld-tts-2", "inworld-tts-2-flash", "inworld-tts-1.5-max", "inworld-tts-1.5-mini"],
  },
  google: {
    models: [
      "gemini-3.1-flash-tts-preview",
      "gemini-2.5-flash-preview-tts",
      "gemini-2.5-pro-preview-tts",
      "chirp-3-hd",
    ],
  },
  xai: { models: null },
  voicedock: { models: ["voicedock-1"] },
  openai: { models: null },
  local: { models: null },
};

export const STT_LANGUAGES = [
  "multi",
  "nl",
  "en",
  "de",
  "fr",
  "es",
  "it",
  "pt",
  "pl",
  "ru",
  "ja",
  "ko",
  "zh",
  "ar",
  "hi",
  "da",
  "sv",
  "no",
  "fi",
  "cs",
  "hu",
  "ro",
  "bg",
  "hr",
  "sk",
  "tr",
  "id",
  "vi",
] as const;

/** On these ElevenLabs models every setting but stability and text normalization is refused (facts 4.3). */
export const ELEVENLABS_PLAIN_MODELS: readonly string[] = ["eleven_v4_turbo", "eleven_v4", "eleven_v3"];
export const ELEVENLABS_REFUSED_SETTINGS = [
  "similarity_boost",
  "use_speaker_boost",
  "speed",
  "style",
] as const;
