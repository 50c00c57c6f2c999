import { afterAll, beforeAll, expect, test } from "vitest";
import { createSecretBox } from "../../src/secret-box.ts";
import { checkApiKey } from "../../src/organizations/api-key-store.ts";
import { ensureFirstOrganization, getAccountWebhook } from "../../src/organizations/organization-store.ts";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";

const secretBox = createSecretBox(Buffer.alloc(32, 3));
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

// One story, in order: what the starts of one installation do after each other.
test("the first start makes an organization, later ones let a lost key be replaced", async () => {
  const { db } = database;
  const organizationOf = async (apiKey: string) => {
    const check = await checkApiKey(db, apiKey);
    return check.outcome === "known" ? check.organizationId : undefined;
  };
  const start = (givenApiKey?: string) => ensureFirstOrganization(db, secretBox, givenApiKey);

  // Two processes on one new database: one organization, one key.
  const both = await Promise.all([start(), start()]);
  const first = both.find(({ outcome }) => outcome === "created");
  expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(["created", "exists"]);
  expect(first).toMatchObject({ wasGenerated: true, apiKey: expect.stringMatching(/^fl_.{40,}$/) });
  const generated = first?.outcome === "created" ? first.apiKey : "";
  const id = await organizationOf(generated);
  expect(id).toEqual(expect.any(String));

  // The key itself is kept nowhere; the account has a secret from the first moment.
  const keys = await db.selectFrom("api_keys").selectAll().execute();
  expect(JSON.stringify(keys)).not.toContain(generated);
  const webhook = await getAccountWebhook(db, id!);
  expect(webhook).toMatchObject({ url: null, events: null });
  expect(secretBox.open(webhook.secrets[0]!)).toMatch(/^whsec_/);

  // A key from the environment that nobody knows yet is added; one that is known changes nothing.
  for (let time = 0; time < 2; time++) expect(await start("fl_given")).toEqual({ outcome: "exists" });
  expect(await organizationOf("fl_given")).toBe(id);
  expect(await organizationOf(generated)).toBe(id);
  expect(await organizationOf("fl_other")).toBeUndefined();
  expect(await db.selectFrom("api_keys").selectAll().execute()).toHaveLength(2);
  expect(await db.selectFrom("organizations").selectAll().execute()).toHaveLength(1);
});

test("a key given at the first start is the first key", async () => {
  const other = await createTestDatabase();
  expect(await ensureFirstOrganization(other.db, secretBox, "fl_given")).toEqual({
    outcome: "created",
    apiKey: "fl_given",
    wasGenerated: false,
  });
  await other.close();
});
