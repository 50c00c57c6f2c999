import { Text } from "@mantine/core";
import { localeOf, useLanguage } from "../../language/language.ts";
import { useVoicesQuery } from "./catalog-query.ts";
import { useDraftValue } from "./drafts.ts";
import { useEditor } from "./editor.ts";
import { ChoiceField, TextField, TextsField } from "./fields.tsx";
import { useFormWords } from "./form-words.ts";
import { PronunciationField } from "./pronunciation-field.tsx";
import { hasField, isRealtime, providerIn } from "./provider-block.ts";
import { MissingKey, ProviderField } from "./provider-field.tsx";
import { ProviderSettings } from "./provider-settings.tsx";
import { Row, Section } from "./section.tsx";
import { ModelField } from "./section-model.tsx";

export function VoiceSection() {
  const words = useFormWords();
  const { id, catalog } = useEditor();
  const llm = useDraftValue(id, "llm_config");
  const entry = providerIn(catalog, "tts", useDraftValue(id, "tts_config.provider"));
  const model = useDraftValue(id, "tts_config.model");
  // The server refuses them on these models.
  const refused = refusedSettings(entry, model);
  return (
    <Section id="voice" title={words.voice} description={words.voiceHelp}>
      {isRealtime(catalog, llm) ? (
        <Text c="dimmed">{words.voiceByModel}</Text>
      ) : (
        <>
          <Row>
            <ProviderField kind="tts" path="tts_config" />
            <ModelField kind="tts" path="tts_config" />
          </Row>
          <MissingKey kind="tts" path="tts_config" />
          <VoiceIdField />
          {entry && hasField(catalog, "tts", entry.id, "language") && (
            <TextField path="tts_config.language" label={words.language} placeholder="nl" />
          )}
          {entry && <ProviderSettings kind="tts" path="tts_config" provider={entry} without={refused} />}
          <PronunciationField />
        </>
      )}
    </Section>
  );
}

function VoiceIdField() {
  const words = useFormWords();
  const language = useLanguage();
  const { id, catalog } = useEditor();
  const entry = providerIn(catalog, "tts", useDraftValue(id, "tts_config.provider"));
  const { data: voices } = useVoicesQuery();
  if (!entry) return null;
  if (entry.id === "local") {
    const choices = (voices ?? []).map((voice) => ({
      value: voice.id,
      label: `${voice.description[language].replace(" (eSpeak NG)", "")} (${voice.id})`,
    }));
    const collator = new Intl.Collator(localeOf(language));
    return (
      <ChoiceField
        path="tts_config.voice_id"
        label={words.voiceId}
        choices={choices.toSorted((one, other) => collator.compare(one.label, other.label))}
      />
    );
  }
  if (entry.voices)
    return <ChoiceField path="tts_config.voice_id" label={words.voiceId} choices={entry.voices} />;
  return <TextField path="tts_config.voice_id" label={words.voiceId} help={words.voiceIdHelp} />;
}

function refusedSettings(entry: object | undefined, model: unknown): ReadonlySet<string> {
  const { refused_settings: refused = {} } = (entry ?? {}) as {
    refused_settings?: Record<string, readonly string[]>;
  };
  return new Set(refused[String(model)] ?? []);
}

export function TranscriberSection() {
  const words = useFormWords();
  const language = useLanguage();
  const { id, catalog } = useEditor();
  const llm = useDraftValue(id, "llm_config");
  const entry = providerIn(catalog, "stt", useDraftValue(id, "stt_config.provider"));
  const names = new Intl.DisplayNames(localeOf(language), { type: "language" });
  const languages = Object.keys(catalog.stt_languages).map((code) => ({
    value: code,
    label: code === "multi" ? words.multi : (names.of(code) ?? code),
  }));
  return (
    <Section id="transcriber" title={words.transcriber} description={words.transcriberHelp}>
      {isRealtime(catalog, llm) ? (
        <Text c="dimmed">{words.transcriberByModel}</Text>
      ) : (
        <>
          <Row>
            <ProviderField kind="stt" path="stt_config" />
            <ModelField kind="stt" path="stt_config" />
          </Row>
          <MissingKey kind="stt" path="stt_config" />
          <ChoiceField path="stt_config.language" label={words.language} choices={languages} isSearchable />
          {entry?.id === "scripted" && (
            <TextsField path="stt_config.utterances" label={words.utterances} help={words.utterancesHelp} />
          )}
          {entry && <ProviderSettings kind="stt" path="stt_config" provider={entry} />}
        </>
      )}
    </Section>
  );
}
