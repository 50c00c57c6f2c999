import { afterAll, beforeAll, expect, test } from "vitest";
import { saveActivity } from "../../src/calls/call-activity-store.ts";
import { activityOf } from "../../src/calls/call-activity.ts";
import { saveTrace } from "../../src/calls/call-trace-store.ts";
import type { TimelineDetail } from "../../src/calls/call-timeline.ts";
import { newId } from "../../src/ids.ts";
import { callTimelineShape } from "../../src/openapi/live-shapes.ts";
import { insertSyncRecords } from "../../src/webhooks/attempt-store.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

let two: TwoOrganizations;
beforeAll(async () => {
  two = await startTwoOrganizations("memory");
});
afterAll(() => two.close());

const began = new Date("2026-11-01T12:00:00.000Z");
const after = (ms: number) => new Date(began.getTime() + ms);

test("what was said and done, turns, webhooks with their requests and the recording, all on one axis", async () => {
  const { db } = two.database;
  const id = newId();
  const organizationId = two.mine.id;
  await db
    .insertInto("calls")
    .values({
      id,
      organization_id: organizationId,
      node_id: newId(),
      direction: "inbound",
      status: "ended",
      configuration: "{}",
      created_at: began,
      started_at: after(1_000),
      ended_at: after(20_000),
    })
    .execute();
  const moments: [number, TimelineDetail][] = [
    [1_000, { type: "answered" }],
    [3_000, { type: "message", role: "assistant", content: "Hello.", speechBeganAt: after(1_200) }],
  ];
  await saveActivity(
    db,
    id,
    moments.map(([ms, detail], index) => ({
      sequence: index + 1,
      ...activityOf({ callId: id, at: after(ms), ...detail }),
    })),
  );
  // The first SIP message came 15 ms before the call's row.
  const stages = {
    stt_final_ms: 100,
    end_of_turn_wait_ms: 100,
    tool_ms: 0,
    llm_first_token_ms: 300,
    tts_first_audio_ms: 90,
    playout_start_ms: 10,
  };
  const trace = {
    started_at: after(-15).toISOString(),
    sip: [],
    sip_omitted: 0,
    media: [],
    decisions: [],
    turns: [{ offset_ms: 5_015, total_ms: 600, stages }],
  };
  await saveTrace(db, { id, organizationId }, { trace, capture: undefined });
  await db
    .insertInto("recordings")
    .values({
      id: newId(),
      organization_id: organizationId,
      call_id: id,
      installation_id: newId(),
      state: "kept",
      path: "a.wav",
      object_key: null,
      last_error: null,
      created_at: after(1_050),
      duration_ms: 18_950,
    })
    .execute();
  const eventId = newId();
  await insertSyncRecords(db, [
    {
      event: {
        id: eventId,
        createdAt: after(5_200),
        organizationId,
        callId: id,
        type: "tool-calls",
        routing: "routed",
        body: Buffer.from("{}"),
      },
      attempts: [
        {
          eventId,
          deliveryId: null,
          endpointId: null,
          number: 1,
          startedAt: after(5_201),
          url: "https://x.example/",
          outcome: "delivered",
          statusCode: 200,
          error: undefined,
          durationMs: 120,
          responseBody: Buffer.from("{}"),
        },
      ],
    },
  ]);
  const { body } = await two.mine.call("GET", `/calls/${id}/timeline`);
  expect(callTimelineShape.parse(body.timeline)).toEqual(body.timeline);
  expect(body.timeline).toEqual({
    call_id: id,
    started_at: began.toISOString(),
    duration_ms: 20_000,
    is_over: true,
    activity: [
      { sequence: 1, offset_ms: 1_000, type: "answered" },
      {
        sequence: 2,
        offset_ms: 3_000,
        type: "message",
        role: "assistant",
        speech_offset_ms: 1_200,
        content: "Hello.",
      },
    ],
    turns: [{ offset_ms: 5_000, total_ms: 600, stages }],
    webhooks: [
      {
        id: eventId,
        offset_ms: 5_200,
        type: "tool-calls",
        state: "delivered",
        reason: null,
        url: "https://x.example/",
        attempts: [{ number: 1, offset_ms: 5_201, duration_ms: 120, outcome: "delivered", status_code: 200 }],
      },
    ],
    recording: { url: expect.stringContaining("/recordings/"), offset_ms: 1_050, duration_ms: 18_950 },
  });
  expect((await two.theirs.call("GET", `/calls/${id}/timeline`)).body.code).toBe("call_not_found");
});
