import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import type { AssistantConfiguration } from "../../src/assistants/configuration.ts";
import type { AnswerDecision } from "../../src/calls/call-decision.ts";
import { systemClock } from "../../src/clock.ts";
import { prepareConversations } from "../../src/conversation/agent-conversation.ts";
import { newId } from "../../src/ids.ts";
import { createLogger } from "../../src/logger.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { createEspeak, type Espeak } from "../../src/speech/tts/espeak.ts";
import { ensurePartitions } from "../../src/webhooks/partitions.ts";
import { createWebhookEngine, type WebhookEngine } from "../../src/webhooks/webhook-engine.ts";
import { createOrganization } from "./api.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { createFakeMedia, type FakeMedia } from "./fake-media.ts";
import { createReceiver, ofType, type ReceivedRequest, type Receiver } from "./receiver.ts";
import { createBrowser, createWebCallWorld, type Browser, type WebCallWorld } from "./web-call-world.ts";

/** What a test of web calls has: a database, one process, and for each test a receiver and a browser of its own. */
export interface WebCallStage {
  database: TestDatabase;
  nodeId: string;
  espeak: Espeak;
  world: WebCallWorld;
  receiver: Receiver;
  browser: Browser;
  /** the browser's audio */
  media: FakeMedia;
  /** a configuration whose webhook is the receiver */
  scripted(): AssistantConfiguration & { llm_config: NonNullable<AssistantConfiguration["llm_config"]> };
  /** Another process of the same installation. */
  anotherWorld(more?: Partial<Parameters<typeof createWebCallWorld>[0]>): Promise<WebCallWorld>;
  /** Opens a call, at this process unless another is named. */
  open(
    more?: Partial<AnswerDecision>,
    at?: WebCallWorld,
  ): Promise<Extract<Awaited<ReturnType<WebCallWorld["webCalls"]["openCall"]>>, { outcome: "opened" }>>;
  saveAssistant(configuration: object): Promise<string>;
  row(id: string): ReturnType<typeof findRow>;
  /** what was said in this test's calls, "role: content" */
  said(): string[];
  received(type: string): ReceivedRequest[];
}

const secretBox = createSecretBox(Buffer.alloc(32, 3));

const findRow = (database: TestDatabase, id: string) =>
  database.db.selectFrom("calls").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

/** Sets it up and takes it down around the tests of a file. */
export function setWebCallStage(): WebCallStage {
  let organizationId: string;
  let engine: WebhookEngine;
  // The rest of it is set before each test.
  const stage: WebCallStage = Object.assign({} as WebCallStage, {
    nodeId: newId(),
    scripted: () => ({
      name: "Desk",
      first_message: "Hello.",
      llm_config: {
        provider: "scripted",
        model: "script-1",
        script: [
          { on: "user", match: "order", tool: { name: "find_order", arguments: { number: "7" } } },
          { on: "tool", match: "find_order", say: "It is {{result.state}}." },
          { on: "user", match: "bye", say: "Goodbye.", end: true },
        ],
        tools: [{ name: "find_order", parameters: { type: "object", properties: {} } }],
      },
      stt_config: { provider: "scripted", model: "script-1", language: "en", utterances: [] },
      tts_config: { provider: "local", voice_id: "en" },
      webhook_url: stage.receiver.url,
      metadata: { visitor: "v-1" },
    }),
    anotherWorld: (more: Partial<Parameters<typeof createWebCallWorld>[0]> = {}) =>
      createWebCallWorld({ db: stage.database.db, secretBox, engine, espeak: stage.espeak, ...more }),
    async open(more: Partial<AnswerDecision> = {}, at = stage.world) {
      const opened = await at.webCalls.openCall({
        organizationId,
        requestedUrl: "http://127.0.0.1:4000",
        decision: {
          outcome: "answer",
          mode: "transient",
          because: "the API asked for it",
          assistantId: null,
          configuration: stage.scripted(),
          webhookSecret: "of the call",
          ...more,
        },
      });
      if (opened.outcome !== "opened") throw new Error(opened.outcome);
      return opened;
    },
    async saveAssistant(configuration: object) {
      const id = newId();
      await stage.database.db
        .insertInto("assistants")
        .values({
          id,
          organization_id: organizationId,
          name: "Desk",
          configuration: JSON.stringify(configuration),
        })
        .execute();
      return id;
    },
    row: (id: string) => findRow(stage.database, id),
    said: () =>
      stage.world.timeline.flatMap((entry) =>
        entry.type === "message" ? [`${entry.role}: ${entry.content}`] : [],
      ),
    received: (type: string) => stage.receiver.requests.filter(ofType(type)),
  } satisfies Partial<WebCallStage>);

  beforeAll(async () => {
    prepareConversations();
    stage.espeak = createEspeak();
    stage.database = await createTestDatabase();
    const { db } = stage.database;
    await ensurePartitions(db, new Date());
    organizationId = await createOrganization(db, secretBox, "fl_web_life");
    engine = createWebhookEngine({
      db,
      clock: systemClock,
      secretBox,
      logger: createLogger({ level: "silent" }),
      nodeId: stage.nodeId,
      allowed: [{ address: "127.0.0.0", prefixLength: 8, port: undefined }],
      retentionDays: 30,
    });
    stage.world = await stage.anotherWorld({ nodeId: stage.nodeId });
    engine.start();
  });
  afterAll(async () => {
    await stage.world.activeCalls.endAll(5_000);
    await engine.stop(0);
    await stage.espeak.stop();
    await stage.database.close();
  });
  beforeEach(async () => {
    stage.receiver = await createReceiver();
    stage.browser = createBrowser();
    stage.media = createFakeMedia();
    stage.world.timeline.length = 0;
  });
  afterEach(async () => {
    stage.browser.leave({ cause: "remote-hangup" });
    await stage.world.activeCalls.untilIdle(5_000);
    stage.media.close();
    await stage.receiver.close();
  });
  return stage;
}
