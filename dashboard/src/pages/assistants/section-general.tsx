import { useField } from "./editor.ts";
import { LongTextField, SwitchField, TextField, TextsField } from "./fields.tsx";
import { useFormWords } from "./form-words.ts";
import { Row, Section } from "./section.tsx";
import { PromptField } from "./prompt-field.tsx";

export function GeneralSection() {
  const words = useFormWords();
  return (
    <Section id="general" title={words.general}>
      <Row>
        <TextField path="name" label={words.name} maxLength={255} />
        <TextField path="business_name" label={words.businessName} maxLength={255} />
      </Row>
      <SwitchField path="is_active" label={words.active} help={words.activeHelp} isOnByDefault />
      <TextsField path="notification_emails" label={words.emails} help={words.emailsHelp} max={5} />
    </Section>
  );
}

export function TalkingSection() {
  const words = useFormWords();
  const { value: outbound } = useField("speech_config.first_message_outbound");
  return (
    <Section id="talking" title={words.talking} description={words.talkingHelp}>
      <LongTextField path="first_message" label={words.firstMessage} help={words.firstMessageHelp} />
      <PromptField path="llm_config.messages" label={words.prompt} help={words.promptHelp} />
      <LongTextField
        path="speech_config.first_message_outbound"
        label={words.firstMessageOutbound}
        help={words.firstMessageOutboundHelp}
        minRows={typeof outbound === "string" ? 2 : 1}
      />
    </Section>
  );
}
