import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../harness/cli.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

let two: TwoOrganizations;
beforeAll(async () => {
  two = await startTwoOrganizations("socket");
});
afterAll(() => two.close());
const keys = (...args: string[]) =>
  runCommand(["keys", ...args], { SWITCHHOOK_API_KEY: two.mine.key, SWITCHHOOK_URL: two.api.url() });

test("made, listed, used and revoked, against a real server", async () => {
  const made = await keys("create", "build server");
  expect(made).toMatchObject({ code: 0, stderr: "shown this once\n" });
  const key = made.stdout.trim();
  expect(key).toMatch(/^fl_.{43}$/);
  expect((await two.api.request("GET", "/numbers", { key })).status).toBe(200);

  const listed = await keys("list");
  expect(listed.stdout).toContain(`${key.slice(0, 11)}…   build server  `);
  expect(listed.stdout).not.toContain(key);
  const [id] = listed.stdout
    .split("\n")
    .find((line) => line.includes("build server"))!
    .split("  ");
  expect(await keys("revoke", id!)).toMatchObject({ code: 0, stdout: "revoked\n" });
  expect((await two.api.request("GET", "/numbers", { key })).status).toBe(401);
  expect((await keys("list")).stdout).toMatch(/build server .* revoked\n/);
});

test("refusals are told in words", async () => {
  const late = await keys("create", "x", "--expires", "2020-01-01T00:00:00Z");
  expect(late.code).not.toBe(0);
  expect(late.stderr).toContain("expires_at: must be in the future");
  const last = await keys("list", "--json");
  const { api_keys } = JSON.parse(last.stdout) as { api_keys: { id: string; revoked_at: string | null }[] };
  const refused = await keys("revoke", api_keys.find(({ revoked_at }) => revoked_at === null)!.id);
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain("This is the organization's last key");
});
