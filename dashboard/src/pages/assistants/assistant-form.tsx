import { useFormWords } from "./form-words.ts";
import classes from "./assistant-form.module.css";
import { AnalysisSection } from "./section-analysis.tsx";
import { CallSection } from "./section-call.tsx";
import { GeneralSection, TalkingSection } from "./section-general.tsx";
import { ModelSection } from "./section-model.tsx";
import { SpeechSection } from "./section-speech.tsx";
import { TranscriberSection, VoiceSection } from "./section-voice.tsx";

const SECTIONS = {
  general: GeneralSection,
  talking: TalkingSection,
  model: ModelSection,
  voice: VoiceSection,
  transcriber: TranscriberSection,
  speech: SpeechSection,
  call: CallSection,
  analysis: AnalysisSection,
} as const;
type SectionName = keyof typeof SECTIONS;
const NAMES = Object.keys(SECTIONS) as SectionName[];

/** The form, its sections named beside it. */
export function AssistantForm({ isReadOnly }: { isReadOnly: boolean }) {
  const words = useFormWords();
  return (
    <div className={classes.page}>
      <nav aria-label={words.sections} className={classes.anchors}>
        {NAMES.map((name) => (
          <a key={name} href={`#${name}`}>
            {words[name]}
          </a>
        ))}
      </nav>
      <fieldset disabled={isReadOnly} className={classes.form}>
        {NAMES.map((name) => {
          const Shown = SECTIONS[name];
          return <Shown key={name} />;
        })}
      </fieldset>
    </div>
  );
}
