import type { CallRow } from "./call-list-store.ts";
import { durationSeconds } from "./call-state.ts";

/**
 * A call as the API shows it (facts 2.3): every documented field is in every answer.
 * @param recordingUrl  a fresh URL of a recording
 */
export function toCallRecord(call: CallRow, recordingUrl: (recordingId: string) => string) {
  return {
    id: call.id,
    caller_phone: call.caller_number,
    assistant_phone: call.called_number,
    status: call.status,
    direction: call.direction,
    end_reason: call.end_reason,
    error: call.error,
    started_at: call.started_at,
    ended_at: call.ended_at,
    duration_seconds:
      call.ended_at && durationSeconds({ startedAt: call.started_at, endedAt: call.ended_at }),
    summary: call.summary,
    analysis_result: call.analysis_result,
    messages: call.messages ?? [],
    // Telephone calls of ours live in no room.
    room_name: call.direction === "web" ? call.carrier_call_id : null,
    recording_url: call.recording_id === null ? null : recordingUrl(call.recording_id),
    agent_id: call.assistant_id,
    number_id: call.number_id,
    agent_name: call.assistant_name,
    business_name: call.business_name,
    phone_number: call.called_number,
    // An extension: which version of the assistant (GET /assistants/{id}/versions).
    agent_version: call.assistant_version,
    created_at: call.created_at,
    updated_at: call.updated_at,
  };
}
