import { Checkbox } from "@mantine/core";
import { useFormats } from "../../language/use-formats.ts";
import { useDraftValue } from "./drafts.ts";
import { useEditor, useField } from "./editor.ts";
import { useFieldWords } from "./field-words.ts";
import { ChoiceField, LongTextField, NumberField, SwitchField, TextsField } from "./fields.tsx";
import { useFormWords } from "./form-words.ts";
import { isRealtime } from "./provider-block.ts";
import { unitIn } from "./provider-settings.tsx";
import { Group, Row, Section } from "./section.tsx";

const TURN_TAKING = [
  "endpointing_min_delay",
  "endpointing_max_delay",
  "interruption_min_duration",
  "interruption_min_words",
] as const;
const SILENCE = ["first_check_seconds", "interval_seconds", "max_attempts"] as const;

export function SpeechSection() {
  const words = useFormWords();
  const { id, catalog } = useEditor();
  const isOwnSpeech = isRealtime(catalog, useDraftValue(id, "llm_config"));
  const isAsking = useDraftValue(id, "autonomous_silence_handling") === true;
  const hasBackground = useDraftValue(id, "speech_config.background_audio.enabled") === true;
  return (
    <Section id="speech" title={words.speech} description={words.speechHelp}>
      {!isOwnSpeech && (
        <Group title={words.turns}>
          <Row>
            {TURN_TAKING.map((name) => (
              <RangeField key={name} block="turn_taking" name={name} label={words[name]} />
            ))}
          </Row>
          <FalseInterruptionField />
        </Group>
      )}
      <Group title={words.silence}>
        <SwitchField
          path="autonomous_silence_handling"
          label={words.silenceHandling}
          help={words.silenceHandlingHelp}
        />
        {isAsking && (
          <>
            <Row>
              {SILENCE.map((name) => (
                <RangeField key={name} block="silence" name={name} label={words[name]} />
              ))}
            </Row>
            <TextsField
              path="speech_config.silence.messages"
              label={words.silenceMessages}
              help={words.silenceMessagesHelp}
              max={5}
            />
            <LongTextField
              path="speech_config.silence.final_message"
              label={words.finalMessage}
              minRows={1}
            />
          </>
        )}
      </Group>
      <Group title={words.background}>
        <SwitchField path="speech_config.background_audio.enabled" label={words.backgroundOn} />
        {hasBackground && (
          <Row>
            <ChoiceField
              path="speech_config.background_audio.clip"
              label={words.clip}
              placeholder={words.office}
              choices={catalog.background_clips.map((value) => ({
                value,
                label: (words as unknown as Record<string, string>)[value] ?? value,
              }))}
            />
            <RangeField block="background_audio" name="volume" label={words.volume} />
          </Row>
        )}
      </Group>
    </Section>
  );
}

/** A number whose range and default the catalog knows. */
function RangeField({ block, name, label }: { block: string; name: string; label: string }) {
  const fieldWords = useFieldWords();
  const formats = useFormats();
  const { catalog } = useEditor();
  const range = catalog.params[block]?.[name] as
    | { min: number; max: number; default?: number; integer?: boolean; unit?: string }
    | undefined;
  return (
    <NumberField
      path={`speech_config.${block}.${name}`}
      label={label}
      min={range?.min}
      max={range?.max}
      isWhole={range?.integer}
      unit={unitIn(fieldWords, range?.unit)}
      placeholder={
        range?.default === undefined ? undefined : fieldWords.standard(formats.number(range.default))
      }
    />
  );
}

/** null is a value of its own here: it never goes on. */
function FalseInterruptionField() {
  const words = useFormWords();
  const { value, set } = useField("speech_config.turn_taking.false_interruption_timeout");
  return (
    <>
      {value !== null && (
        <RangeField
          block="turn_taking"
          name="false_interruption_timeout"
          label={words.false_interruption_timeout}
        />
      )}
      <Checkbox
        label={words.neverGoesOn}
        checked={value === null}
        onChange={(event) => set(event.currentTarget.checked ? null : undefined)}
      />
    </>
  );
}
