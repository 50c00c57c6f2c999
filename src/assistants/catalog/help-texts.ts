/**
 * What each setting does, for forms that are made of the catalog: a sentence for somebody who has never seen it. By the
 * field's name, or by the schema's and the field's where one name means two things.
 */
export const HELP_TEXTS: Readonly<Record<string, string>> = {
  // llm
  provider: "The service that does it.",
  model: "Which of the service's models. Empty: its default.",
  temperature: "How freely it words its answers: 0 is the most predictable.",
  max_completion_tokens:
    "The longest answer, in tokens (three quarters of a word each). Empty: no limit of ours.",
  max_output_tokens: "The longest answer, in tokens. Empty: no limit of ours.",
  messages: "What the assistant is told before the call, as system messages.",
  tools: "What the assistant can do besides talking.",
  voice: "The voice that the model itself speaks with.",
  vertexai: "Reach Google's models through Vertex AI instead of the Gemini API.",
  location: "The region that the service runs in.",
  analysis_model: "The model that analyses the call afterwards.",
  turn_detection: "How it is noticed that the caller has finished speaking.",
  threshold: "How loud something has to be to count as speech. Higher: less noise is heard as speech.",
  prefix_padding_ms: "How much from before the speech is listened to, so that its beginning is not cut off.",
  silence_duration_ms:
    "How long a silence ends the caller's turn. Shorter: quicker answers, more interruptions.",
  idle_timeout_ms: "After so much silence the model speaks by itself. 0: never.",
  reasoning_effort: "How long the model thinks before it answers, while the caller waits.",
  transcription: "How what the caller says is written down.",
  language_hint: "The language that is most likely spoken.",
  keyterms: "Names and words that are easily misheard, to listen for.",
  provider_tools: "Searches that the service runs by itself.",
  type: "Which search.",
  allowed_x_handles: "Only posts of these accounts are searched.",
  vector_store_ids: "The document collections, at the service, that are searched.",
  max_num_results: "How many passages a search gives the model.",
  delegation: "Harder questions are handed to another model, while this one keeps talking.",
  "llm.instructions": "What the other model is told.",
  script: "What is answered to what, without any model: for trying things out.",
  // stt
  "stt.model": "Which of the service's models listens. Empty: its default.",
  language: "The language of the call.",
  languages: "The languages that may be spoken.",
  smart_format: "Write numbers, dates and amounts the way people write them.",
  endpointing: "How long a silence ends a sentence. Shorter: quicker answers, more sentences cut in two.",
  numerals: "Write numbers as digits.",
  filler_words: "Keep “uh” and “um” in what is understood.",
  utterance_end_ms: "How long nothing new is heard before the sentence is taken as complete.",
  no_delay: "Do not wait to format: quicker, and less tidy.",
  tag_audio_events: "Note laughter and other sounds.",
  include_timestamps: "Note when each word was said.",
  sample_rate: "Samples a second that the service is sent.",
  code_switching: "The caller may change the language in the middle of the call.",
  region: "Where the service processes the audio.",
  custom_vocabulary: "Names and words that the service would not know.",
  translation_enabled: "Translate what is understood.",
  translation_target_languages: "The languages that it is translated to.",
  utterances: "What is understood, turn by turn, whatever is said: for trying things out.",
  // tts
  "tts.model": "Which of the service's models speaks. Empty: its default.",
  voice_id: "Which voice, by the service's own id.",
  stability: "How even the voice is. Lower: livelier, and less predictable.",
  similarity_boost: "How closely it keeps to the original voice.",
  style: "How much the voice's style is exaggerated. Above 0 it takes longer.",
  use_speaker_boost: "More likeness to the original voice, for a little time.",
  apply_text_normalization: "Read numbers and dates out as words.",
  apply_language_text_normalization: "The same by the rules of the language; takes longer.",
  speed: "How fast it speaks: 1 is the voice's own pace.",
  speaking_rate: "How fast it speaks: 1 is the voice's own pace.",
  "tts.instructions": "How it should sound, in words.",
  // speech
  turn_taking: "When the assistant answers, and when it lets itself be interrupted.",
  endpointing_min_delay: "The least silence before the assistant answers.",
  endpointing_max_delay:
    "The most silence before it answers, when it is unsure that the caller has finished.",
  interruption_min_duration: "How long the caller has to speak to interrupt it.",
  interruption_min_words: "How many words interrupt it. 0: any sound of speech does.",
  false_interruption_timeout: "After an interruption with no words it goes on where it was, so much later.",
  pronunciation: "Words that are read out differently from how they are written.",
  from: "As it is written.",
  to: "As it is to be said.",
  background_audio: "A quiet sound of a place behind the assistant's voice.",
  clip: "Which place.",
  volume: "How loud: 1 is the loudest.",
  enabled: "Whether it is on.",
  silence: "What happens when the caller says nothing.",
  "speech.messages": "What is asked then, one after the other.",
  final_message: "What is said before hanging up, when nobody has answered.",
  first_check_seconds: "After how much silence it is asked the first time.",
  interval_seconds: "How long after that it is asked again.",
  max_attempts: "How often it is asked before the call is ended.",
  end_call_message: "What is said before the assistant hangs up.",
  first_message_outbound:
    "The first sentence when the assistant calls. Empty: the same as when it is called.",
  end_call_phrases: "When the assistant says one of these, the call is ended.",
};

type Schema = Record<string, unknown>;

/** A JSON Schema whose settings say what they do. Pure; what has a description keeps its own. */
export function withHelp(schema: unknown, kind: string): unknown {
  if (Array.isArray(schema)) return schema.map((each) => withHelp(each, kind));
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [
      keyword,
      keyword === "properties" ? explained(value as Schema, kind) : withHelp(value, kind),
    ]),
  );
}

function explained(properties: Schema, kind: string): Schema {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const description = HELP_TEXTS[`${kind}.${name}`] ?? HELP_TEXTS[name];
      const inner = withHelp(property, kind) as Schema;
      return [name, description === undefined ? inner : { description, ...inner }];
    }),
  );
}
