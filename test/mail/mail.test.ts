import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createRecordCallEmail } from "../../src/calls/call-email.ts";
import { createCallTransitions, type CallTransitions } from "../../src/calls/call-transitions.ts";
import { insertNode, stopNode } from "../../src/calls/node-store.ts";
import { systemClock } from "../../src/clock.ts";
import { createSecretBox } from "../../src/secret-box.ts";
import { newId } from "../../src/ids.ts";
import { claimEmails, finishEmail, insertEmail } from "../../src/mail/email-store.ts";
import { createMailLoop, type MailLoop } from "../../src/mail/mail-loop.ts";
import { createMailer, type MailerOptions } from "../../src/mail/mailer.ts";
import { createResend } from "../../src/mail/resend.ts";
import { createSmtpTransport } from "../../src/mail/smtp-transport.ts";
import { createDialer } from "../../src/webhooks/dialer.ts";
import { createSendRequest } from "../../src/webhooks/outgoing-request.ts";
import { createOrganization } from "../harness/api.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";
import { createMailServer, SMTP_PASSWORD, type MailServer } from "../harness/mail-server.ts";
import { endedCall } from "../harness/reported-call.ts";
import { createResendServer, RESEND_KEY, type ResendServer } from "../harness/resend-server.ts";

const MAIL_FROM = "Acme Calls <calls@acme.example>";
const dialer = createDialer({ allowed: [{ address: "127.0.0.0", prefixLength: 8, port: undefined }] });
let database: TestDatabase;
let organizationId: string;
let mail: MailServer;
let resendServer: ResendServer;

beforeAll(async () => {
  database = await createTestDatabase();
  organizationId = await createOrganization(database.db, createSecretBox(Buffer.alloc(32, 3)), "fl_mail");
});
afterAll(async () => {
  await dialer.close();
  await database.close();
});
beforeEach(async () => {
  await database.db.deleteFrom("emails").execute();
  [mail, resendServer] = await Promise.all([createMailServer(), createResendServer()]);
});
afterEach(() => Promise.all([mail.close(), resendServer.close()]));

const nobody: string[] = [];
const bySmtp = (url = mail.url): Partial<MailerOptions> => ({
  sendBySmtp: createSmtpTransport(url, systemClock),
  mailFrom: MAIL_FROM,
});
const byResend = (key = RESEND_KEY): Partial<MailerOptions> => ({
  findResendKey: async () => key,
  mailFrom: MAIL_FROM,
});

/** One process: its node, its calls, its loop. A delay of nothing, so that what is to be tried again is due at once. */
async function createProcess(ways: Partial<MailerOptions>, log: string[] = nobody) {
  const nodeId = newId();
  await insertNode(database.db, { id: nodeId, installationId: newId() });
  const logger = pino(
    { level: "warn" },
    { write: (line: string) => void (log === nobody || log.push(line)) },
  );
  const loop: MailLoop = createMailLoop({
    db: database.db,
    clock: systemClock,
    logger,
    nodeId,
    newId,
    mailer: createMailer({
      resend: createResend({
        request: createSendRequest(dialer.notifications, systemClock),
        baseUrl: resendServer.url,
        now: () => new Date(),
      }),
      findResendKey: async () => undefined,
      findVerifiedDomain: async () => undefined,
      sendBySmtp: undefined,
      mailFrom: undefined,
      logger,
      now: () => new Date(),
      random: () => 0,
      ...ways,
    }),
  });
  let wakes = 0;
  const transitions: CallTransitions = createCallTransitions({
    db: database.db,
    recordEvent: async () => undefined,
    takeMinutes: async () => undefined,
    wakeDelivery: () => undefined,
    email: {
      record: createRecordCallEmail({ newId, messageIdDomain: "acme.example", insertEmail }),
      wake: () => wakes++,
    },
  });
  return {
    nodeId,
    loop,
    transitions,
    wakes: () => wakes,
    async report(configuration: object = { notification_email: "ada@x.nl" }): Promise<string> {
      const id = await endedCall(database.db, transitions, {
        organizationId,
        nodeId,
        configuration: { name: "Desk", ...configuration },
      });
      expect(await transitions.report(id, { summary: "Ada asked when we close." })).toBe(true);
      return id;
    },
  };
}

const rows = () => database.db.selectFrom("emails").selectAll().orderBy("created_at").execute();
const header = (raw: string, name: string) => new RegExp(`^${name}: (.*)$`, "im").exec(raw)?.[1]?.trim();

describe("over SMTP", () => {
  test("a report goes to everybody named, as text and HTML, and no copy of it stays", async () => {
    const process = await createProcess(bySmtp());
    const callId = await process.report({
      notification_email: "ada@x.nl",
      notification_emails: ["bob@x.nl", "ADA@x.nl"],
    });
    expect(process.wakes()).toBe(1);
    const [written] = await rows();
    expect(written).toMatchObject({
      call_id: callId,
      state: "pending",
      recipients: ["ada@x.nl", "bob@x.nl"],
    });

    await process.loop.sendDue();
    expect(mail.received).toHaveLength(1);
    const [{ from, to, raw }] = mail.received as [(typeof mail.received)[number]];
    expect({ from, to }).toEqual({ from: "calls@acme.example", to: ["ada@x.nl", "bob@x.nl"] });
    expect(header(raw, "From")).toBe(MAIL_FROM);
    expect(header(raw, "To")).toBe("ada@x.nl, bob@x.nl");
    expect(header(raw, "Message-ID")).toBe(written!.message_id);
    expect(header(raw, "Auto-Submitted")).toBe("auto-generated");
    expect(raw).toContain("+31612345678 called Front desk");
    for (const part of ["text/plain", "text/html", "multipart/alternative", "When do you close?"])
      expect(raw).toContain(part);
    expect(await rows()).toMatchObject([
      {
        state: "sent",
        transport: "smtp",
        attempt_count: 1,
        last_error: null,
        report: null,
        delivered_to: ["ada@x.nl", "bob@x.nl"],
      },
    ]);
    await process.loop.sendDue();
    expect(mail.received).toHaveLength(1);
  });

  test("a call without an address has no e-mail", async () => {
    const process = await createProcess(bySmtp());
    await process.report({ notification_emails: [] });
    expect(await rows()).toEqual([]);
    expect(process.wakes()).toBe(0);
  });

  test("the e-mail is written with the report or not at all, and once", async () => {
    const process = await createProcess(bySmtp());
    const call = {
      organizationId,
      nodeId: process.nodeId,
      configuration: { notification_email: "ada@x.nl" },
    };
    const broken = createCallTransitions({
      db: database.db,
      recordEvent: async () => undefined,
      takeMinutes: async () => undefined,
      wakeDelivery: () => undefined,
      email: {
        wake: () => undefined,
        record: async (tx, reported) => {
          await createRecordCallEmail({ newId, messageIdDomain: "acme.example", insertEmail })(tx, reported);
          throw new Error("killed before the commit");
        },
      },
    });
    const id = await endedCall(database.db, process.transitions, call);
    await expect(broken.report(id, { summary: "…" })).rejects.toThrow("killed");
    expect(await rows()).toEqual([]);
    expect(await Promise.all([1, 2].map(() => process.transitions.report(id, { summary: "…" })))).toContain(
      true,
    );
    expect(await process.transitions.report(id, { summary: "…" })).toBe(false);
    expect(await rows()).toHaveLength(1);
  });

  test("what was not taken is sent again with the same Message-ID", async () => {
    const process = await createProcess(bySmtp());
    await process.report();
    mail.refuseMessage = () => "451 try again later";
    await process.loop.sendDue();
    const [before] = await rows();
    expect(before).toMatchObject({
      state: "pending",
      attempt_count: 1,
      last_error: expect.stringContaining("451"),
    });
    mail.refuseMessage = () => undefined;
    await process.loop.sendDue();
    expect(await rows()).toMatchObject([{ state: "sent", attempt_count: 2, last_error: null }]);
    expect(mail.received.map(({ raw }) => header(raw, "Message-ID"))).toEqual([before!.message_id]);
  });

  test("those who have it do not get it twice, and one who is unknown is named", async () => {
    const process = await createProcess(bySmtp());
    await process.report({ notification_emails: ["ada@x.nl", "bob@x.nl", "cy@x.nl"] });
    mail.refuseRecipient = (address) => (address === "bob@x.nl" ? "450 mailbox busy" : undefined);
    await process.loop.sendDue();
    expect(await rows()).toMatchObject([{ state: "pending", delivered_to: ["ada@x.nl", "cy@x.nl"] }]);
    mail.refuseRecipient = (address) => (address === "bob@x.nl" ? "550 no such mailbox" : undefined);
    await process.loop.sendDue();
    expect(await rows()).toMatchObject([
      {
        state: "failed",
        delivered_to: ["ada@x.nl", "cy@x.nl"],
        last_error: expect.stringMatching(/bob@x\.nl.*550/),
      },
    ]);
    expect(mail.received.map(({ to }) => to)).toEqual([["ada@x.nl", "cy@x.nl"]]);
  });

  test("a login that fails is tried again, and says nothing of the password", async () => {
    const log: string[] = [];
    const process = await createProcess(bySmtp(mail.url.replace(SMTP_PASSWORD, "wrong-secret")), log);
    await process.report();
    await process.loop.sendDue();
    const [row] = await rows();
    expect(row).toMatchObject({ state: "pending", last_error: expect.stringContaining("535") });
    expect(JSON.stringify([row, log])).not.toContain("wrong-secret");
  });

  test("after a day it is given up, with the reason", async () => {
    const log: string[] = [];
    const process = await createProcess({ ...bySmtp("smtp://127.0.0.1:1"), random: () => 1 }, log);
    await process.report();
    await database.db
      .updateTable("emails")
      .set({ created_at: new Date(Date.now() - 24 * 3_600_000 + 10_000) })
      .execute();
    await process.loop.sendDue();
    expect(await rows()).toMatchObject([
      {
        state: "failed",
        report: null,
        last_error: expect.stringContaining("ECONNREFUSED"),
        finished_at: expect.any(Date),
      },
    ]);
    expect(log.join("")).toContain("given up");
  });

  test("an assistant in GDPR mode: that a call took place, and nothing of it", async () => {
    const process = await createProcess(bySmtp());
    await process.report({ notification_email: "ada@x.nl", gdpr_mode: true });
    expect(JSON.stringify(await rows())).not.toMatch(/close|asked/);
    await process.loop.sendDue();
    const { raw } = mail.received[0]!;
    expect(raw).toContain("GDPR mode");
    expect(raw).not.toMatch(/When do you close|asked when/);
  });

  test("what a dead process had claimed is sent by another, and its late word changes nothing", async () => {
    const [dead, alive] = [await createProcess(bySmtp()), await createProcess(bySmtp())];
    await dead.report();
    const [claimed] = await claimEmails(database.db, { claimId: newId(), nodeId: dead.nodeId, limit: 10 });
    await alive.loop.sendDue();
    expect(mail.received).toHaveLength(0);
    await stopNode(database.db, dead.nodeId);
    await alive.loop.sendDue();
    expect(mail.received).toHaveLength(1);
    await finishEmail(database.db, claimed!, {
      state: "failed",
      error: "late",
      transport: "smtp",
      deliveredTo: [],
    });
    expect(await rows()).toMatchObject([{ state: "sent" }]);
  });

  test("two processes send each e-mail once", async () => {
    const two = [await createProcess(bySmtp()), await createProcess(bySmtp())] as const;
    for (let count = 0; count < 15; count++)
      await two[count % 2]!.report({ notification_email: `n${count}@x.nl` });
    await Promise.all(two.map(({ loop }) => loop.sendDue()));
    expect(new Set(mail.received.map(({ to }) => to[0]))).toHaveLength(15);
    expect(mail.received).toHaveLength(15);
  });
});

test("the loop sends what it is woken for, and ends with what it was doing", async () => {
  const process = await createProcess(bySmtp());
  process.loop.start();
  await process.report();
  process.loop.wake();
  await expect.poll(() => mail.received.length, { timeout: 5_000 }).toBe(1);
  await process.loop.stop(1_000);
  expect(await rows()).toMatchObject([{ state: "sent" }]);
});

test("a server that hangs does not hold up the end of the process", async () => {
  const process = await createProcess(byResend());
  resendServer.fail = () => "hang";
  await process.report();
  process.loop.start();
  await expect.poll(() => resendServer.requests.length, { timeout: 5_000 }).toBe(1);
  await process.loop.stop(10);
  expect(await rows()).toMatchObject([{ state: "pending", attempt_count: 1 }]);
});

test("without a transport it is skipped with the reason, kept nowhere, and said once", async () => {
  const log: string[] = [];
  const process = await createProcess({}, log);
  await process.report();
  await process.report();
  await process.loop.sendDue();
  const skipped = {
    state: "skipped",
    attempt_count: 0,
    report: null,
    last_error: expect.stringContaining("SMTP_URL"),
  };
  expect(await rows()).toMatchObject([skipped, skipped]);
  expect(log).toHaveLength(1);
  expect(log[0]).toContain("SMTP_URL");
});

describe("by Resend", () => {
  test("with the organization's key, from its verified domain", async () => {
    const process = await createProcess({
      ...byResend(),
      findVerifiedDomain: async () => "mail.acme.example",
    });
    await process.report({ notification_emails: ["ada@x.nl", "bob@x.nl"] });
    await process.loop.sendDue();
    expect(resendServer.requests).toMatchObject([{ method: "POST", path: "/emails" }]);
    expect([...resendServer.sent.values()]).toMatchObject([
      {
        from: "reports@mail.acme.example",
        to: ["ada@x.nl", "bob@x.nl"],
        subject: expect.stringContaining("Front desk"),
        text: expect.stringContaining("When do you close?"),
        html: expect.stringContaining("<table"),
      },
    ]);
    expect(await rows()).toMatchObject([{ state: "sent", transport: "resend" }]);
  });

  test.each<[number, object, string]>([
    [429, { "retry-after": "0" }, "pending"],
    [500, {}, "pending"],
    [401, {}, "pending"],
    [403, {}, "pending"],
    [409, {}, "pending"],
    [422, {}, "failed"],
  ])("%i leaves it %s%s", async (status, headers, state) => {
    const process = await createProcess(byResend());
    await process.report();
    const refusal = {
      status,
      headers: headers as Record<string, string>,
      body: { message: `no, ${RESEND_KEY}` },
    };
    resendServer.fail = () => refusal;
    await process.loop.sendDue();
    expect(await rows()).toMatchObject([{ state, last_error: "Resend: no, [key]" }]);
    resendServer.fail = () => undefined;
    await process.loop.sendDue();
    const keys = resendServer.requests.map((request) => request.headers["idempotency-key"]);
    // A repeat is known as one.
    expect(new Set(keys).size).toBe(1);
    expect(resendServer.sent.size).toBe(state === "pending" ? 1 : 0);
  });
});
