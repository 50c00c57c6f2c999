import { within } from "../clock.ts";
import type { AssistantConfiguration } from "../assistants/configuration.ts";
import { recordingPolicy } from "../recordings/recording-policy.ts";
import type { LegMedia, RecordingResult } from "../telephony/carrier.ts";
import type { CallContext } from "./call-context.ts";

/** The recording of one answered call, if there is to be one. */
export interface CallRecording {
  /** The caller has agreed to be recorded (facts 11.3); a call that needs no consent is recorded from its answer on. */
  consentGiven(): void;
  /** Completes it, so that the report can name it. Once more, it is the same end. Never rejects. */
  finish(): Promise<void>;
}

/** The report does not wait longer for a disk; the file is then completed later, and its URL is in `GET /calls/{id}`. */
const FINISH_WITHIN_MS = 3_000;
const LATE = { outcome: "late" } as const;

/** Begins to record where that is allowed. Nothing of the call waits for it. */
export function recordCall(
  { call, ports, writer, logger }: CallContext,
  configuration: AssistantConfiguration,
  media: LegMedia,
): CallRecording {
  const { recordings, clock } = ports;
  const policy = recordingPolicy(configuration, {
    isOnByDefault: recordings.isOnByDefault,
    direction: call.direction,
  });
  let id: string | undefined;
  let finished: Promise<void> | undefined;

  function begin(): void {
    if (id !== undefined || finished) return;
    const recordingId = ports.newId();
    id = recordingId;
    const startedAt = clock.now();
    const { path, file } = recordings.place(call.id, startedAt);
    const { organizationId, id: callId } = call;
    media.startRecording({ path: file });
    void writer
      .write("recording", () =>
        recordings.begin({ id: recordingId, organizationId, callId, path, startedAt }),
      )
      .catch(() => undefined);
  }

  async function finish(): Promise<void> {
    if (id === undefined) return;
    const recordingId = id;
    const result = await within(clock, FINISH_WITHIN_MS, media.stopRecording(), () => LATE);
    if (result.outcome === "late") {
      logger.error("the disk did not take a recording in time; it is completed later");
      return;
    }
    if (result.outcome !== "recorded") logger.error({ ...result }, "a call was not recorded");
    await writer
      .write("recording", () =>
        result.outcome === "recorded"
          ? recordings.keep(recordingId, result)
          : recordings.fail(recordingId, explain(result)),
      )
      .catch(() => undefined);
  }

  if (policy === "from-answer") begin();
  return {
    consentGiven() {
      if (policy === "after-consent") begin();
    },
    finish: () => (finished ??= finish()),
  };
}

function explain(result: Exclude<RecordingResult, { outcome: "recorded" }>): string {
  return result.outcome === "failed" ? result.error : "Nothing was heard";
}
