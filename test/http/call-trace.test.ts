import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCallTraces } from "../../src/calls/call-traces.ts";
import { saveTrace } from "../../src/calls/call-trace-store.ts";
import { systemClock } from "../../src/clock.ts";
import { newId } from "../../src/ids.ts";
import { createSipLog } from "../../src/telephony/sip/sip-ladder.ts";
import { upkeepTasks } from "../../src/upkeep.ts";
import { createFakeMedia } from "../harness/fake-media.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

const sipLog = createSipLog();
const traces = createCallTraces({ sipLog, capture: "rtp-headers" });
const silent = createCallTraces({ sipLog, capture: "off" });
let two: TwoOrganizations;
beforeAll(async () => {
  two = await startTwoOrganizations("socket", { traces });
});
afterAll(() => two.close());

async function addCall(): Promise<{ id: string; organizationId: string; createdAt: Date }> {
  const call = { id: newId(), organizationId: two.mine.id, createdAt: new Date() };
  await two.database.db
    .insertInto("calls")
    .values({
      id: call.id,
      organization_id: call.organizationId,
      node_id: newId(),
      direction: "inbound",
      status: "ended",
    })
    .execute();
  return call;
}

function ring(callId: string, at: number): void {
  const way = {
    protocol: "UDP" as const,
    localAddress: "10.0.0.1",
    remote: { address: "10.0.0.2", port: 5_070 },
  };
  const head = (line: string) =>
    [
      line,
      "Via: SIP/2.0/UDP 10.0.0.2:5070;branch=z9hG4bK1",
      "From: <sip:+31612345678@10.0.0.2>;tag=1",
      "To: <sip:+31850835037@10.0.0.1>",
      `Call-ID: ${callId}`,
      "CSeq: 1 INVITE",
      "Content-Length: 0",
      "",
      "",
    ].join("\r\n");
  sipLog.add({ at, direction: "in", ...way, text: head("INVITE sip:+31850835037@10.0.0.1 SIP/2.0") });
  sipLog.add({ at: at + 7, direction: "out", ...way, text: head("SIP/2.0 100 Trying") });
}

test("while it runs, then as it was written, then not any more", async () => {
  const call = await addCall();
  ring("ladder-1", call.createdAt.getTime() - 10);
  const trace = traces.begin(call, "ladder-1");
  trace.add({ callId: call.id, at: new Date(call.createdAt.getTime() + 40), type: "answered" });
  const live = await two.mine.call("GET", `/calls/${call.id}/trace`);
  expect(live).toMatchObject({
    status: 200,
    body: {
      call_id: call.id,
      is_live: true,
      sip: [
        {
          offset_ms: 0,
          direction: "in",
          start_line: "INVITE sip:+31850835037@10.0.0.1 SIP/2.0",
          peer: "10.0.0.2:5070",
        },
        { offset_ms: 7, direction: "out", start_line: "SIP/2.0 100 Trying", is_retransmission: false },
      ],
      decisions: [{ offset_ms: 50, text: "answered" }],
      webhooks: [],
    },
  });
  await saveTrace(two.database.db, call, await trace.read());
  trace.close();
  await two.database.db
    .insertInto("webhook_events")
    .values({
      id: newId(),
      created_at: new Date(call.createdAt.getTime() + 90),
      organization_id: call.organizationId,
      call_id: call.id,
      type: "status-update",
      sequence: 1,
      routing: "no-endpoint",
      body: Buffer.from("{}"),
    })
    .execute();
  const kept = await two.mine.call("GET", `/calls/${call.id}/trace`);
  const { is_live: _live, webhooks: _none, ...rest } = live.body;
  expect(kept.body).toMatchObject({ ...rest, is_live: false });
  expect(kept.body.webhooks).toMatchObject([
    { offset_ms: 100, type: "status-update", state: "skipped", attempt_count: 0 },
  ]);
  await forgetMetadata(call.id);
  for (const [what, code] of [
    ["trace", "call_trace_not_found"],
    ["call.pcap", "call_capture_not_found"],
  ]) {
    expect(await two.mine.call("GET", `/calls/${call.id}/${what}`)).toMatchObject({
      status: 404,
      body: { code },
    });
  }
});

/** The call becomes old, and what is done every hour is done. */
async function forgetMetadata(id: string): Promise<void> {
  const { db } = two.database;
  const longAgo = new Date(Date.now() - 91 * 86_400_000);
  await db
    .updateTable("calls")
    .set({ ended_at: longAgo, reported_at: longAgo })
    .where("id", "=", id)
    .execute();
  await db
    .updateTable("organizations")
    .set({ content_retention_days: 30, metadata_retention_days: 90 })
    .where("id", "=", two.mine.id)
    .execute();
  const task = upkeepTasks(db, systemClock).find(({ name }) => name === "calls past their retention")!;
  await task.run();
}

const media = createFakeMedia();
media.close();
const mute = { ...media, queuedSamples: 0 };
/** The header of 20 ms of G.711. */
const audioPacket = {
  at: Date.parse("2026-11-25T12:00:01Z"),
  direction: "in" as const,
  localPort: 10_000,
  remote: { address: "10.0.0.2", port: 20_000 },
  headerHex: "8008000100000a00deadbeef",
  sizeBytes: 172,
};

test("the capture file is read by tshark as the SIP that it was; others do not get it", async () => {
  const call = await addCall();
  ring("ladder-2", Date.parse("2026-11-25T12:00:00.250Z"));
  const trace = traces.begin(call, "ladder-2");
  trace.listen({ ...mute, capturedHeaders: () => Promise.resolve([audioPacket]) });
  await saveTrace(two.database.db, call, await trace.read());
  trace.close();
  const response = await fetch(`${two.api.url()}/api/v1/calls/${call.id}/call.pcap`, {
    headers: { authorization: `Bearer ${two.mine.key}` },
  });
  expect([response.status, response.headers.get("content-type")]).toEqual([
    200,
    "application/vnd.tcpdump.pcap",
  ]);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.readUInt32LE(0)).toBe(0xa1b2c3d4);
  expect(bytes.toString("latin1")).toContain("INVITE sip:+31850835037@10.0.0.1 SIP/2.0\r\n");
  const folder = await mkdtemp(path.join(tmpdir(), "switchhook-pcap-"));
  try {
    const file = path.join(folder, "call.pcap");
    await writeFile(file, bytes);
    const told = dissect(file);
    // Where there is no tshark the file has been read by the tests of pcap.ts alone.
    if (told !== undefined) {
      expect(told).toEqual([
        "1795608000.250000000|10.0.0.2|5070|10.0.0.1|5060|INVITE||Good",
        "1795608000.257000000|10.0.0.1|5060|10.0.0.2|5070||100|Good",
        // What was not kept is not there, and its length is told.
        "1795608001.000000000|10.0.0.2|20000|10.0.0.1|10000|||NotPresent",
      ]);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  expect((await two.theirs.call("GET", `/calls/${call.id}/call.pcap`)).body).toMatchObject({
    code: "call_not_found",
  });
});

/** @returns undefined where tshark is not installed */
function dissect(file: string): string[] | undefined {
  const fields = [
    "frame.time_epoch",
    "ip.src",
    "udp.srcport",
    "ip.dst",
    "udp.dstport",
    "sip.Method",
    "sip.Status-Code",
  ];
  try {
    return execFileSync(
      "tshark",
      [
        "-r",
        file,
        "-o",
        "udp.check_checksum:TRUE",
        "-o",
        "ip.check_checksum:TRUE",
        "-T",
        "fields",
        "-E",
        "separator=|",
        ...[...fields, "udp.checksum.status"].flatMap((field) => ["-e", field]),
      ],
      { stdio: ["ignore", "pipe", "ignore"] },
    )
      .toString()
      .trim()
      .split("\n")
      .map((line) => line.replace(/\|1$/, "|Good").replace(/\|3$/, "|NotPresent"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

test("with CALL_CAPTURE=off the ladder is there, and no messages are kept", async () => {
  const call = await addCall();
  ring("ladder-3", Date.now());
  const trace = silent.begin(call, "ladder-3");
  await saveTrace(two.database.db, call, await trace.read());
  trace.close();
  expect((await two.mine.call("GET", `/calls/${call.id}/trace`)).body.sip).toHaveLength(2);
  expect((await two.mine.call("GET", `/calls/${call.id}/call.pcap`)).body).toMatchObject({
    code: "call_capture_not_found",
  });
});
