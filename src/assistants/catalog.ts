/**
 * Which providers, models and voices a configuration may name (facts 4 and 15), as data; the schemas are made from it.
 * `openai` for speech, `local` and `scripted` are ours.
 */
export interface CatalogEntry {
  /** the first is the default; null: any name */
  models: readonly string[] | null;
  /** the first is the default; null: any name */
  voices?: readonly string[] | null;
  /** `realtime`, speech to speech, brings its own voice (`llm_config.voice`), so that tts_config is null (facts 4.0) */
  kind?: "text" | "realtime";
}

// prettier-ignore
const GOOGLE_VOICES = [
  "Achernar", "Achird", "Algenib", "Algieba", "Alnilam", "Aoede", "Autonoe", "Callirrhoe", "Charon", "Despina",
  "Enceladus", "Erinome", "Fenrir", "Gacrux", "Iapetus", "Kore", "Laomedeia", "Leda", "Orus", "Puck", "Pulcherrima",
  "Rasalgethi", "Sadachbia", "Sadaltager", "Schedar", "Sulafat", "Umbriel", "Vindemiatrix", "Zephyr", "Zubenelgenubi",
] as const;

// prettier-ignore
const XAI_VOICES = [
  "ara", "eve", "leo", "rex", "sal", "altair", "atlas", "carina", "castor", "celeste", "cosmo", "helios", "helix",
  "iris", "kepler", "lumen", "luna", "lux", "naksh", "orion", "perseus", "rigel", "sirius", "ursa", "zagan", "zenith",
] as const;

/** Facts 4.2, 15.1, 15.5. */
export const LLM_CATALOG = {
  openai: {
    kind: "text",
    // prettier-ignore
    models: [
      "gpt-5.4", "gpt-5.4-mini", "gpt-5.4-nano", "gpt-5.2", "gpt-5.1", "gpt-5", "gpt-5-mini", "gpt-5-nano", "gpt-4.1",
      "gpt-4.1-mini", "gpt-4.1-nano", "gpt-5.6-luna", "gpt-5.6-terra", "gpt-5.6-sol", "gpt-4o-mini",
    ],
  },
  xai: { kind: "text", models: ["grok-4.3"] },
  mistral: {
    kind: "text",
    // prettier-ignore
    models: [
      "mistral-medium-latest", "mistral-small-latest", "mistral-large-latest", "ministral-8b-latest",
      "ministral-14b-latest", "ministral-3b-latest",
    ],
  },
  google: {
    kind: "text",
    models: ["gemini-3.5-flash-lite", "gemini-3.5-flash", "gemini-2.5-flash-lite", "gemini-2.5-flash"],
  },
  google_realtime: {
    kind: "realtime",
    // prettier-ignore
    models: [
      "gemini-live-2.5-flash-native-audio", "gemini-2.5-flash-native-audio-preview-12-2025",
      "gemini-3.1-flash-live-preview", "gemini-3.8-live",
    ],
    voices: defaultFirst("Puck", GOOGLE_VOICES),
  },
  xai_realtime: { kind: "realtime", models: ["grok-voice-think-fast-2.0"], voices: XAI_VOICES },
  openai_live: {
    kind: "realtime",
    models: ["gpt-live-1"],
    voices: ["marin", "beacon", "cinder", "stone", "vesper"],
  },
  scripted: { kind: "text", models: ["script-1"] },
} satisfies Record<string, CatalogEntry>;

/** The model behind openai_live that reasons and calls tools (facts 15.1). */
export const OPENAI_LIVE_DELEGATES = ["gpt-5.6-luna"] as const;

/** Facts 4.1, 15.2. */
export const STT_CATALOG = {
  deepgram: { models: ["nova-3", "nova-3-general"] },
  elevenlabs: { models: ["scribe_v2_realtime"] },
  gladia: { models: ["solaria-1"] },
  mistral: { models: ["voxtral-mini-latest"] },
  google: { models: ["chirp_3"] },
  openai: { models: null },
  scripted: { models: ["script-1"] },
} satisfies Record<string, CatalogEntry>;

/** Facts 4.3, 15.3. */
export const TTS_CATALOG = {
  elevenlabs: {
    // prettier-ignore
    models: [
      "eleven_flash_v2_5", "eleven_v4_turbo", "eleven_v4", "eleven_v3", "eleven_multilingual_v2", "eleven_turbo_v2_5",
    ],
    voices: null,
  },
  inworld: {
    models: ["inworld-tts-2", "inworld-tts-2-flash", "inworld-tts-1.5-max", "inworld-tts-1.5-mini"],
    voices: null,
  },
  google: {
    // prettier-ignore
    models: [
      "gemini-3.1-flash-tts-preview", "gemini-2.5-flash-preview-tts", "gemini-2.5-pro-preview-tts", "chirp-3-hd",
    ],
    voices: defaultFirst("Kore", GOOGLE_VOICES),
  },
  xai: { models: null, voices: XAI_VOICES },
  voicedock: { models: ["voicedock-1"], voices: ["voicedock"] },
  openai: { models: null, voices: null },
  local: { models: null, voices: null },
} satisfies Record<string, CatalogEntry>;

// prettier-ignore
export const STT_LANGUAGES = [
  "multi", "nl", "en", "de", "fr", "es", "it", "pt", "pl", "ru", "ja", "ko", "zh", "ar", "hi", "da", "sv", "no", "fi",
  "cs", "hu", "ro", "bg", "hr", "sk", "tr", "id", "vi",
] as const;

/** On these ElevenLabs models the API refuses the settings below (facts 4.3). */
export const ELEVENLABS_PLAIN_MODELS: readonly string[] = ["eleven_v4_turbo", "eleven_v4", "eleven_v3"];
export const ELEVENLABS_REFUSED_SETTINGS = [
  "similarity_boost",
  "use_speaker_boost",
  "speed",
  "style",
] as const;

export function isRealtimeProvider(provider: string): boolean {
  return (
    Object.hasOwn(LLM_CATALOG, provider) &&
    LLM_CATALOG[provider as keyof typeof LLM_CATALOG].kind === "realtime"
  );
}

function defaultFirst(name: string, names: readonly string[]): readonly string[] {
  return [name, ...names.filter((other) => other !== name)];
}
