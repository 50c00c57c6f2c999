import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

const NONE = {
  deepgram_secret_id: null,
  openai_secret_id: null,
  elevenlabs_secret_id: null,
  inworld_secret_id: null,
  resend_secret_id: null,
  xai_secret_id: null,
  gladia_secret_id: null,
  mistral_secret_id: null,
  google_secret_id: null,
  google_vertex_secret_id: null,
};
let two: TwoOrganizations;
beforeAll(async () => {
  two = await startTwoOrganizations("socket");
});
afterAll(() => two.close());
beforeEach(async () => {
  await two.database.db.deleteFrom("byok_keys").execute();
});

const put = (provider: string, api_key: unknown) => two.mine.call("POST", "/byok", { provider, api_key });

test("a key goes in, and only its id comes out", async () => {
  expect((await two.mine.call("GET", "/byok")).body).toEqual({ byok_keys: NONE });
  const { status, body } = await put("openai", "sk-hush");
  expect({ status, body }).toEqual({
    status: 200,
    body: { success: true, byok_keys: { ...NONE, openai_secret_id: expect.any(String) } },
  });
  expect((await two.mine.call("GET", "/byok")).body.byok_keys).toEqual(body.byok_keys);
  expect((await two.theirs.call("GET", "/byok")).body.byok_keys).toEqual(NONE);
  const row = await two.database.db.selectFrom("byok_keys").selectAll().executeTakeFirstOrThrow();
  expect(row.api_key.includes("sk-hush")).toBe(false);
  const replaced = (await put("openai", "sk-other")).body.byok_keys;
  expect(replaced.openai_secret_id).not.toBe(body.byok_keys.openai_secret_id);
});

test.each(Object.keys(NONE).map((id) => id.replace(/_secret_id$/, "")))(
  "%s is taken and removed",
  async (provider) => {
    expect((await put(provider, "k")).body.byok_keys[`${provider}_secret_id`]).toEqual(expect.any(String));
    const { status, body } = await two.mine.call("DELETE", "/byok", { provider });
    expect({ status, body }).toEqual({ status: 200, body: { success: true, byok_keys: NONE } });
    expect(await two.mine.call("DELETE", "/byok", { provider })).toMatchObject({
      status: 404,
      body: { code: "byok_key_not_found" },
    });
  },
);

test.each<[object, string]>([
  [
    { provider: "acme", api_key: "k" },
    "provider: must be one of deepgram, openai, elevenlabs, inworld, resend",
  ],
  [{ api_key: "k" }, "provider: is required"],
  [{ provider: "openai" }, "api_key: is required"],
  [{ provider: "openai", api_key: " " }, "api_key: must not be empty"],
])("%j is refused, and the key is not repeated", async (body, problem) => {
  const answer = await two.mine.call("POST", "/byok", body);
  expect({ status: answer.status, details: answer.body.details }).toEqual({
    status: 400,
    details: [expect.stringContaining(problem)],
  });
});

test("settings are merged, need a key, and are shown for all services", async () => {
  const config = (provider: string, value: object) =>
    two.mine.call("POST", "/byok/config", { provider, config: value });
  expect(await config("openai", { a: 1 })).toMatchObject({ status: 400, body: { code: "byok_key_missing" } });
  await put("openai", "k");
  await put("mistral", "k");
  await config("openai", { a: 1, b: { c: 2 } });
  expect((await config("openai", { a: 3, d: null })).body).toEqual({
    byok_config: { openai: { a: 3, b: { c: 2 }, d: null }, mistral: {} },
  });
  expect((await config("openai", { big: "x".repeat(20_000) })).body.details).toEqual([
    "config: must have at most 16384 bytes as JSON",
  ]);
});
