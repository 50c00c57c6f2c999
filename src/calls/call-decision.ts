import type { AssistantConfiguration } from "../assistants/configuration.ts";

/** What is decided before a call is answered (facts 1.6). */
export type CallDecision =
  | {
      outcome: "answer";
      mode: "default" | "transient" | "hybrid";
      /** said on the timeline and in the log, e.g. "the webhook did not answer within 5000 ms" */
      because: string;
      /** the assistant that the configuration was built on, for the record */
      assistantId: string | null;
      configuration: AssistantConfiguration;
      /** in clear; only where the answer brought one of its own */
      webhookSecret: string | undefined;
    }
  /** the webhook answered with `error`: the text is spoken, then the call ends */
  | { outcome: "reject"; text: string; configuration: AssistantConfiguration | undefined }
  /** nothing says how to answer: the call is refused without a word */
  | { outcome: "refuse"; error: string };
