import { Skeleton } from "@mantine/core";
import { Suspense, type ComponentType } from "react";
import { deferred } from "../../components/deferred.tsx";
import { useFormWords } from "./form-words.ts";
import classes from "./assistant-form.module.css";
import { AnalysisSection } from "./section-analysis.tsx";
import { CallSection } from "./section-call.tsx";
import { GeneralSection, TalkingSection } from "./section-general.tsx";
import { ModelSection } from "./section-model.tsx";
import { SpeechSection } from "./section-speech.tsx";
import { TranscriberSection, VoiceSection } from "./section-voice.tsx";

const NAMES = [
  "general",
  "talking",
  "model",
  "voice",
  "transcriber",
  "tools",
  "webhook",
  "speech",
  "call",
  "analysis",
] as const;
type SectionName = (typeof NAMES)[number];

const SECTIONS: Record<SectionName, ComponentType> = {
  general: GeneralSection,
  talking: TalkingSection,
  model: ModelSection,
  voice: VoiceSection,
  transcriber: TranscriberSection,
  speech: SpeechSection,
  tools: deferred(() => import("./section-tools.tsx")),
  webhook: deferred(() => import("./section-webhook.tsx")),
  call: CallSection,
  analysis: AnalysisSection,
};

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
          return (
            <Suspense key={name} fallback={<Skeleton height={160} my="xl" />}>
              <Shown />
            </Suspense>
          );
        })}
      </fieldset>
    </div>
  );
}
