import path from "node:path";
import { sql } from "kysely";
import { listAssistants } from "../../src/assistants/assistant-store.ts";
import { insertNode, stopNode } from "../../src/calls/node-store.ts";
import { openDatabase } from "../../src/db/database.ts";
import { newId } from "../../src/ids.ts";
import type { Installation } from "../../src/installation.ts";
import { insertRecording, keepRecording } from "../../src/recordings/recording-store.ts";
import { createEspeak } from "../../src/speech/tts/espeak.ts";
import { ensurePartitions } from "../../src/webhooks/partitions.ts";
import { planCalls } from "./plan-call.ts";
import { createRandom } from "./random.ts";
import { recordAudio } from "./recording-audio.ts";
import type { Setup } from "./setup.ts";
import { createCallWriter } from "./write-call.ts";
import { writeDeliveries } from "./write-deliveries.ts";

const DAYS = 14;
const RECORDINGS = 8;
const DAY_MS = 86_400_000;

/** Two weeks of calls, while no server runs on the installation. */
export async function seedCalls(
  installation: Installation,
  setup: Setup,
  options: { seed: number; calls: number; urls: { receiver: string; dead: string }; now: Date },
): Promise<number> {
  const { now, urls } = options;
  // A demo that a power cut loses is made again; waiting for the disk at each of its thousands of writes is not.
  const connectionString = `${installation.connectionString}?options=${encodeURIComponent("-c synchronous_commit=off")}`;
  const { db, close } = openDatabase({ connectionString, maxConnections: 2, onIdleError: () => undefined });
  const espeak = createEspeak();
  try {
    const random = createRandom(options.seed);
    for (const daysBack of [DAYS, DAYS - 7]) {
      await ensurePartitions(db, new Date(now.getTime() - daysBack * DAY_MS));
    }
    const { id: organizationId } = await db
      .selectFrom("organizations")
      .select("id")
      .executeTakeFirstOrThrow();
    const assistants = new Map(
      (await listAssistants(db, organizationId)).map(({ id, name, configuration }) => [
        id,
        { name, ...configuration },
      ]),
    );
    const nodeId = newId();
    const { installationId } = installation.dataDirectory;
    await insertNode(db, { id: nodeId, installationId });
    const writer = createCallWriter({ db, organizationId, nodeId, random });
    const plans = planCalls(random, { count: options.calls, days: DAYS, until: now });
    // The latest that have something to hear.
    const recorded = new Set(
      plans
        .filter(({ answeredAt, tools }) => answeredAt && tools.length > 0)
        .slice(-RECORDINGS)
        .map(({ id }) => id),
    );
    for (const plan of plans) {
      const { assistant } = plan.story;
      const assistantId = setup.assistants[assistant];
      await writer.write(plan, {
        assistantId,
        configuration: assistants.get(assistantId)!,
        number: setup.numbers[assistant],
        webhookUrl: urls.receiver,
      });
      if (!recorded.has(plan.id)) continue;
      const relative = path.join(...plan.createdAt.toISOString().slice(0, 7).split("-"), `${plan.id}.wav`);
      const file = path.join(installation.dataDirectory.path, "recordings", relative);
      const size = await recordAudio(plan, espeak, file);
      const id = random.idAt(plan.answeredAt!);
      const startedAt = plan.answeredAt!;
      await insertRecording(db, {
        id,
        organizationId,
        callId: plan.id,
        installationId,
        path: relative,
        startedAt,
      });
      await keepRecording(db, id, size);
    }
    await writeDeliveries(db, {
      organizationId,
      random,
      now,
      deadUrl: urls.dead,
      // Its first events have been given up; in half a day it would be switched off.
      deadSince: new Date(now.getTime() - 4.5 * DAY_MS),
    });
    await agePast(db);
    await stopNode(db, nodeId);
    return plans.length;
  } finally {
    await espeak.stop();
    await close();
  }
}

/** What was made a moment ago was made before its first call, its versions a day apart. */
async function agePast(db: Parameters<typeof listAssistants>[0]): Promise<void> {
  const before = sql.lit(`${DAYS + 6} days`);
  await sql`
    update assistants set created_at = created_at - interval ${before},
      updated_at = updated_at - interval '15 days' + version * interval '1 day'
  `.execute(db);
  await sql`
    update assistant_versions set created_at = created_at - interval ${before} + version * interval '1 day'
  `.execute(db);
  await sql`update numbers set created_at = created_at - interval ${before}`.execute(db);
}
