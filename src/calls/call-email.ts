import type { Queryable } from "../db/database.ts";
import type { CallReport } from "../mail/call-report.ts";
import { recipientsOf } from "../mail/recipients.ts";
import { durationSeconds } from "./call-state.ts";
import { isInGdprMode } from "./gdpr-mode.ts";
import type { RecordCallEmail } from "./call-transitions.ts";
import type { Call } from "./call.ts";

/** Writes the e-mail of a reported call into the outbox, if the configuration that the call used names somebody. */
export function createRecordCallEmail(options: {
  newId: () => string;
  /** what a Message-ID has behind its @ */
  messageIdDomain: string;
  insertEmail(
    tx: Queryable,
    email: {
      id: string;
      organizationId: string;
      recipients: string[];
      messageId: string;
      report: CallReport;
    },
  ): Promise<void>;
}): RecordCallEmail {
  return async (tx, call) => {
    const recipients = recipientsOf(call.configuration);
    if (recipients.length === 0) return { isDue: false };
    const id = options.newId();
    const messageId = `<${id}@${options.messageIdDomain}>`;
    const { organizationId } = call;
    await options.insertEmail(tx, { id, organizationId, recipients, messageId, report: toReport(call) });
    return { isDue: true };
  };
}

function toReport(call: Call): CallReport {
  const { configuration } = call;
  return {
    callId: call.id,
    direction: call.direction,
    customerNumber: call.callerNumber,
    ownNumber: call.calledNumber,
    ownNumberName: call.numberName,
    assistantName: configuration?.name ?? null,
    businessName: configuration?.business_name ?? null,
    status: call.status,
    endReason: call.endReason,
    error: call.error,
    createdAt: call.createdAt.toISOString(),
    startedAt: call.startedAt?.toISOString() ?? null,
    endedAt: call.endedAt?.toISOString() ?? null,
    durationSeconds: durationSeconds(call),
    content: isInGdprMode(configuration)
      ? null
      : { summary: call.summary ?? "", analysis: call.analysisResult, messages: call.messages },
  };
}
