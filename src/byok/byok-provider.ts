/** The services that an organization may bring a key for (facts 10.1), in the order in which they are shown. */
export const BYOK_PROVIDERS = [
  "deepgram",
  "openai",
  "elevenlabs",
  "inworld",
  "resend",
  "xai",
  "gladia",
  "mistral",
  "google",
  "google_vertex",
] as const;

export type ByokProvider = (typeof BYOK_PROVIDERS)[number];
