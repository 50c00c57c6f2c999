import { Select, Switch } from "@mantine/core";
import { useDraftValue } from "./drafts.ts";
import { useEditor, useField } from "./editor.ts";
import { useFieldWords } from "./field-words.ts";
import { LongTextField, NumberField, SwitchField, TextsField } from "./fields.tsx";
import { useFormWords } from "./form-words.ts";
import { isRealtime } from "./provider-block.ts";
import { Section } from "./section.tsx";

const DAY_SECONDS = 86_400;

export function CallSection() {
  const words = useFormWords();
  const fieldWords = useFieldWords();
  const { id, catalog } = useEditor();
  const isOwnSpeech = isRealtime(catalog, useDraftValue(id, "llm_config"));
  const hasVoicemail = useDraftValue(id, "voicemail_detection") === true;
  return (
    <Section id="call" title={words.call} description={words.callHelp}>
      <NumberField
        path="max_duration_seconds"
        label={words.maxDuration}
        help={words.maxDurationHelp}
        min={1}
        max={DAY_SECONDS}
        isWhole
        unit={fieldWords.seconds}
        placeholder={words.unlimited}
      />
      <TextsField
        path="speech_config.end_call_phrases"
        label={words.endPhrases}
        help={words.endPhrasesHelp}
        max={5}
      />
      {!isOwnSpeech && (
        <LongTextField path="speech_config.end_call_message" label={words.endMessage} minRows={1} />
      )}
      <SwitchField path="voicemail_detection" label={words.voicemail} help={words.voicemailHelp} />
      {hasVoicemail && (
        <LongTextField
          path="voicemail_message"
          label={words.voicemailMessage}
          help={words.voicemailMessageHelp}
        />
      )}
      <RecordingField />
      <ConsentField />
      <SwitchField path="gdpr_mode" label={words.gdpr} help={words.gdprHelp} />
    </Section>
  );
}

/** Three answers: yes, no, and what the server is set to. */
function RecordingField() {
  const words = useFormWords();
  const { value, error, set } = useField("recording");
  const { enabled } = (value ?? {}) as { enabled?: boolean };
  const answer = enabled === undefined ? "server" : enabled ? "yes" : "no";
  return (
    <Select
      label={words.recording}
      value={answer}
      error={error}
      data={[
        { value: "server", label: words.asServer },
        { value: "yes", label: words.yes },
        { value: "no", label: words.no },
      ]}
      data-path="recording"
      onChange={(chosen) => set(chosen === "server" ? undefined : { enabled: chosen === "yes" })}
    />
  );
}

/** The server wants words with it: switched on, it begins with some. */
function ConsentField() {
  const words = useFormWords();
  const { value, set } = useField("recording_consent");
  const consent = (value ?? {}) as { enabled?: boolean; message?: string };
  const isOn = consent.enabled === true;
  return (
    <>
      <Switch
        label={words.consent}
        description={words.consentHelp}
        checked={isOn}
        data-path="recording_consent"
        onChange={({ currentTarget: { checked: enabled } }) =>
          set({ ...consent, enabled, message: consent.message ?? words.consentDefault })
        }
      />
      {isOn && <LongTextField path="recording_consent.message" label={words.consentMessage} />}
    </>
  );
}
