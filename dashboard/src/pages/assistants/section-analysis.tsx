import { Input } from "@mantine/core";
import { useDraftValue } from "./drafts.ts";
import { useEditor, useField } from "./editor.ts";
import { NumberField, SwitchField } from "./fields.tsx";
import { useFormWords } from "./form-words.ts";
import { JsonField } from "./json-field.tsx";
import { PromptField } from "./prompt-field.tsx";
import { Section } from "./section.tsx";

const PLAN = "analysis_plan.structured_data_plan";

export function AnalysisSection() {
  const words = useFormWords();
  const { id } = useEditor();
  const isOn = useDraftValue(id, `${PLAN}.enabled`) === true;
  const schema = useField(`${PLAN}.schema`);
  return (
    <Section id="analysis" title={words.analysis} description={words.analysisHelp}>
      <SwitchField path={`${PLAN}.enabled`} label={words.structured} help={words.structuredHelp} />
      {isOn && (
        <>
          <div>
            <Input.Label component="div" mb={4}>
              {words.schema}
            </Input.Label>
            <JsonField
              label={words.schema}
              value={schema.value ?? undefined}
              onChange={schema.set}
              error={schema.error}
              mayBeEmpty
            />
          </div>
          <PromptField
            path={`${PLAN}.messages`}
            label={words.analysisPrompt}
            help={words.analysisPromptHelp}
            minRows={2}
          />
          <NumberField
            path="analysis_plan.min_messages_threshold"
            label={words.minMessages}
            help={words.minMessagesHelp}
            min={0}
            isWhole
          />
        </>
      )}
    </Section>
  );
}
