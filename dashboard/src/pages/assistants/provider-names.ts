const NAMES: Readonly<Record<string, string>> = {
  openai: "OpenAI",
  openai_live: "OpenAI Live",
  xai: "xAI",
  xai_realtime: "xAI Realtime",
  mistral: "Mistral",
  google: "Google",
  google_realtime: "Google Realtime",
  deepgram: "Deepgram",
  elevenlabs: "ElevenLabs",
  gladia: "Gladia",
  inworld: "Inworld",
  voicedock: "VoiceDock",
  local: "eSpeak NG",
  scripted: "Script",
};

/** As its vendor writes it; one that came later is shown by its id. */
export function providerName(id: string): string {
  return NAMES[id] ?? id;
}
