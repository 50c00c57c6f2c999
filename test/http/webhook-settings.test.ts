import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTwoOrganizations, TRANSPORTS, type TwoOrganizations } from "../harness/two-organizations.ts";

describe.each(TRANSPORTS)("over %s", (transport) => {
  let two: TwoOrganizations;
  beforeAll(async () => {
    two = await startTwoOrganizations(transport);
  });
  afterAll(() => two.close());
  const get = async () => (await two.mine.call("GET", "/settings/webhook")).body.webhook;
  const patch = (body: unknown) => two.mine.call("PATCH", "/settings/webhook", body);

  test("an account always has a secret; null makes a new one", async () => {
    const first = await get();
    expect(first).toEqual({
      url: null,
      secret: expect.stringMatching(/^whsec_/),
      events: null,
      previous_secrets: [],
      fallback_url: null,
    });
    const renewed = (await patch({ secret: null })).body.webhook;
    expect(renewed.secret).toMatch(/^whsec_/);
    expect(renewed.secret).not.toBe(first.secret);
  });

  test("patch changes what it names and nothing else; null clears", async () => {
    const set = { url: "https://x.example/hook?a=b", secret: "my own secret", events: ["tool-calls"] };
    expect(await patch(set)).toMatchObject({ status: 200, body: { webhook: set } });
    expect((await patch({})).body.webhook).toMatchObject(set);
    expect((await patch({ events: [] })).body.webhook).toMatchObject({ ...set, events: [] });
    expect((await patch({ events: null })).body.webhook).toMatchObject({ ...set, events: null });
    expect((await patch({ url: null })).body.webhook).toMatchObject({
      url: null,
      secret: set.secret,
      events: null,
    });
    expect(await get()).toMatchObject({ url: null, secret: set.secret, events: null });
  });

  test("the secret is sealed in the database", async () => {
    await patch({ secret: "plain to see" });
    const { webhook_secret: sealed } = await two.database.db
      .selectFrom("organizations")
      .select("webhook_secret")
      .where("id", "=", two.mine.id)
      .executeTakeFirstOrThrow();
    expect(sealed.toString("latin1")).not.toContain("plain to see");
  });

  test("each organization has its own", async () => {
    await patch({ url: "https://mine.example" });
    expect((await two.theirs.call("GET", "/settings/webhook")).body.webhook.url).toBeNull();
  });

  test.each([
    [{ url: "http://127.0.0.1:99999" }, "url: is not a URL"],
    [{ url: "ftp://x.example" }, "url: must begin with http:// or https://"],
    [{ url: "http://192.168.1.1/" }, "url: 192.168.1.1 is not public"],
    [{ url: "http://2130706433/" }, "url: 127.0.0.1 is not public"],
    [{ url: "https://user:password@x.example/" }, "url: must not carry a user name or password"],
    [{ url: "" }, "url: is not a URL"],
    [{ url: 5 }, "url: must be a text, got 5"],
    [{ secret: "short" }, "secret: must have at least 8 characters, got 5"],
    [{ events: ["x"] }, "events[0]: must be one of assistant-request, tool-calls, status-update"],
    [{ events: "tool-calls" }, "events: must be a list"],
    [{ uri: "https://x.example" }, "uri: there is no such field"],
    [[], "body: must be an object, got a list"],
  ])("refuses %j, and changes nothing", async (body, problem) => {
    const before = await get();
    const response = await patch(body);
    expect(response).toMatchObject({ status: 400, body: { error: "Validation failed" } });
    expect(response.body.details.join("\n")).toContain(problem);
    expect(await get()).toEqual(before);
  });
});
