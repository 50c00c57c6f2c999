import { afterAll, beforeAll, expect, test } from "vitest";
import { deleteOldRequests } from "../../src/idempotency/idempotent-request-store.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

let two: TwoOrganizations;
beforeAll(async () => {
  two = await startTwoOrganizations("socket");
});
afterAll(() => two.close());

const post = (idempotencyKey: string, body: unknown, path = "/assistants", key = two.mine.key) =>
  two.api.request("POST", path, { key, body, headers: { "idempotency-key": idempotencyKey } });

const names = async () => {
  const { body } = await two.mine.call("GET", "/assistants");
  return (body.assistants as { name: string }[]).map(({ name }) => name);
};

test("a request sent again gets the first one's answer, and nothing is done twice", async () => {
  const first = await post("key-1", { name: "Once" });
  const again = await post("key-1", { name: "Once" });
  expect(first.status).toBe(201);
  expect(again).toMatchObject({ status: 201, body: first.body });
  expect(again.headers["idempotency-replayed"]).toBe("true");
  expect(first.headers).not.toHaveProperty("idempotency-replayed");
  expect((await names()).filter((name) => name === "Once")).toHaveLength(1);
});

test("of many at once one is carried out; the others get its answer, or are told to wait", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => post("key-2", { name: "Race" })));
  expect((await names()).filter((name) => name === "Race")).toHaveLength(1);
  const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.assistant.id));
  expect(ids.size).toBe(1);
  for (const { status, body, headers } of answers.filter((answer) => answer.status !== 201)) {
    expect({ status, code: body.code }).toEqual({ status: 409, code: "idempotency_key_in_use" });
    expect(headers["retry-after"]).toBe("1");
  }
});

test("the same key with another body or path is a mistake", async () => {
  await post("key-3", { name: "Three" });
  for (const answer of [
    await post("key-3", { name: "Four" }),
    await post("key-3", { phone_number: "+31201234567" }, "/numbers"),
  ]) {
    expect(answer).toMatchObject({ status: 422, body: { code: "idempotency_key_reused" } });
  }
});

test("another organization's keys are others", async () => {
  await post("key-4", { name: "Mine" });
  const theirs = await post("key-4", { name: "Theirs" }, "/assistants", two.theirs.key);
  expect(theirs).toMatchObject({ status: 201, body: { assistant: { name: "Theirs" } } });
});

test("a refused request has not used its key", async () => {
  expect((await post("key-5", { name: 5 })).status).toBe(400);
  expect((await post("key-5", { name: "Five" })).status).toBe(201);
});

test("what an answer holds is sealed in the table", async () => {
  const { body } = await post("key-6", { name: "secret key" }, "/api-keys");
  const again = await post("key-6", { name: "secret key" }, "/api-keys");
  expect(again.body).toEqual(body);
  const row = await two.database.db
    .selectFrom("idempotent_requests")
    .select("answer")
    .where("key", "=", "key-6")
    .executeTakeFirstOrThrow();
  expect(row.answer!.includes(body.api_key.key)).toBe(false);
});

test("a process that died in the middle leaves a key that is free after a minute", async () => {
  await post("key-7", { name: "Seven" });
  const left = two.database.db.updateTable("idempotent_requests").where("key", "=", "key-7");
  await left.set({ status: null, answer: null, locked_until: new Date(Date.now() + 60_000) }).execute();
  expect((await post("key-7", { name: "Seven" })).status).toBe(409);
  await left.set({ locked_until: new Date(0) }).execute();
  expect((await post("key-7", { name: "Eight" })).status).toBe(422);
  expect((await post("key-7", { name: "Seven" })).status).toBe(201);
});

test("after a day the key is free, and the row goes", async () => {
  const first = await post("key-8", { name: "Old" });
  const age = () =>
    two.database.db
      .updateTable("idempotent_requests")
      .set({ created_at: new Date(Date.now() - 25 * 3_600_000) })
      .where("key", "=", "key-8")
      .execute();
  await age();
  const second = await post("key-8", { name: "New" });
  expect(second.status).toBe(201);
  expect(second.body.assistant.id).not.toBe(first.body.assistant.id);
  await age();
  await deleteOldRequests(two.database.db);
  const rows = await two.database.db.selectFrom("idempotent_requests").select("key").execute();
  expect(rows.map(({ key }) => key)).not.toContain("key-8");
});

test.each(["", "a b", "x".repeat(256)])("%j is no key", async (key) => {
  const { status, body } = await post(key, { name: "x" });
  // An empty header is as good as none.
  if (key === "") expect(status).toBe(400);
  else expect({ status, body }).toMatchObject({ status: 400, body: { code: "invalid_request" } });
});

test("other methods pay no attention to it", async () => {
  const { body } = await post("key-9", { name: "Nine" });
  const patch = (name: string) =>
    two.api.request("PATCH", `/assistants/${body.assistant.id}`, {
      key: two.mine.key,
      body: { name },
      headers: { "idempotency-key": "key-9" },
    });
  expect((await patch("Nine and a half")).status).toBe(200);
  expect((await patch("Ten")).body.assistant.name).toBe("Ten");
});
