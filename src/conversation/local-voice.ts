/** The voice of last resort, where the assistant's own cannot be had. */
export const LOCAL_VOICE = { provider: "local", voice_id: "en" };
