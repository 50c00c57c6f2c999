import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { useFormats } from "../../language/use-formats.ts";
import { setAt, useDraftValue } from "./drafts.ts";
import { useEditor, useField } from "./editor.ts";
import { useFieldWords } from "./field-words.ts";
import { ChoiceField, TextField } from "./fields.tsx";
import { useFormWords } from "./form-words.ts";
import { isRealtime, providerIn, withProvider, type BlockKind } from "./provider-block.ts";
import { MissingKey, ProviderField } from "./provider-field.tsx";
import { ProviderSettings } from "./provider-settings.tsx";
import { Row, Section } from "./section.tsx";

export function ModelSection() {
  const words = useFormWords();
  const { id, catalog } = useEditor();
  const provider = useDraftValue(id, "llm_config.provider");
  const entry = providerIn(catalog, "llm", provider);
  const tts = useDraftValue(id, "tts_config");
  const stt = useDraftValue(id, "stt_config");

  // A model that speaks by itself has no other voice, and every other model needs one: the server refuses anything else.
  const followProvider = (next: string) => {
    if (isRealtime(catalog, { provider: next })) return setAt(id, "tts_config", null);
    if (!tts) setAt(id, "tts_config", withProvider(catalog, "tts", undefined, "local"));
    if (!stt) setAt(id, "stt_config", withProvider(catalog, "stt", undefined, "deepgram"));
  };

  return (
    <Section id="model" title={words.model} description={words.modelHelp}>
      <Row>
        <ProviderField kind="llm" path="llm_config" onProvider={followProvider} />
        <ModelField kind="llm" path="llm_config" />
      </Row>
      <MissingKey kind="llm" path="llm_config" />
      {entry?.kind === "realtime" && (
        <>
          <Text size="sm" c="dimmed">
            {words.realtime}
          </Text>
          <ChoiceField path="llm_config.voice" label={words.voiceName} choices={entry.voices ?? []} />
        </>
      )}
      {entry?.id === "scripted" && <Script />}
      {entry && <ProviderSettings kind="llm" path="llm_config" provider={entry} />}
    </Section>
  );
}

/** One of the provider's models; any name where the provider has no list. */
export function ModelField({ kind, path }: { kind: BlockKind; path: string }) {
  const words = useFormWords();
  const { id, catalog } = useEditor();
  const entry = providerIn(catalog, kind, useDraftValue(id, `${path}.provider`));
  const model = useDraftValue(id, `${path}.model`);
  if (!entry) return null;
  if (entry.models === null) {
    // A voice without models, as eSpeak has, is no place for a name of one.
    return entry.id === "local" || entry.id === "xai" ? null : (
      <TextField path={`${path}.model`} label={words.modelName} />
    );
  }
  return (
    <ChoiceField
      path={`${path}.model`}
      label={words.modelName}
      placeholder={model === undefined ? entry.models[0] : undefined}
      choices={entry.models.map((value) => ({
        value,
        label: entry.legacy_models.includes(value) ? `${value} (${words.legacy})` : value,
      }))}
    />
  );
}

function Script() {
  const words = useFormWords();
  const fieldWords = useFieldWords();
  const formats = useFormats();
  const { id } = useEditor();
  const { value, error } = useField("llm_config.script");
  const rules = Array.isArray(value) ? value.length : 0;
  return (
    <div>
      <Text fw={500}>{words.script}</Text>
      <Text size="sm" c="dimmed">
        {words.scriptHelp} {words.scriptRule(formats.number(rules))}.{" "}
        <Anchor component={Link} href={`/assistants/${id}/json`} inherit underline="always">
          {fieldWords.toJson}
        </Anchor>
      </Text>
      {error !== undefined && (
        <Text size="sm" c="var(--bad)" role="alert">
          {error}
        </Text>
      )}
    </div>
  );
}
