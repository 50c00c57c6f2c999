import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../harness/cli.ts";
import { PASSWORD, signIn } from "../harness/people.ts";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

let two: TwoOrganizations;
beforeAll(async () => {
  two = await startTwoOrganizations("socket");
});
afterAll(() => two.close());
const user = (args: string[], input?: string, key = two.mine.key) =>
  runCommand(["user", ...args], { SWITCHHOOK_API_KEY: key, SWITCHHOOK_URL: two.api.url() }, input);

test("first the visitor's link; then an account, its link and its new password, against a real server", async () => {
  const welcome = await user(["link"]);
  expect(welcome.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/welcome#token=[\w-]{43}\n$/);
  expect((await user(["list"])).stderr).toContain("nobody yet");

  const made = await user(["create", "--email", "Ann@A.example", "--password-stdin"], `${PASSWORD}\nmore\n`);
  expect(made).toMatchObject({ code: 0, stdout: `ann@a.example can sign in at ${two.api.url()}/\n` });
  const ann = await signIn(two.api, "ann@a.example");
  expect(ann.session.organizations).toMatchObject([{ id: two.mine.id, role: "owner" }]);
  expect((await user(["list"])).stdout).toMatch(/^ann@a\.example {2}owner of \S+ {2}signed in 20/);

  const refused = await user(["link"]);
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain("Users exist");
  const link = await user(["link", "ANN@a.example", "--json"]);
  expect(JSON.parse(link.stdout).link.url).toContain("/welcome#token=");

  const reset = await user(["reset-password", "ann@a.example", "--password-stdin"], "four yellow tandems");
  expect(reset).toMatchObject({ code: 0, stdout: "done; their sessions have ended\n" });
  expect((await ann.call("GET", "/session")).status).toBe(401);
  await signIn(two.api, "ann@a.example", { password: "four yellow tandems" });
});

test("refusals are told in words, and no password in them", async () => {
  const weak = await user(["create", "--email", "bob@a.example", "--password-stdin"], "wachtwoord12");
  expect(weak.code).not.toBe(0);
  expect(weak.stderr).toContain("password: is one of those that are tried first");
  expect(weak.stderr).not.toContain("wachtwoord12");
  expect((await user(["link", "nobody@a.example"])).stderr).toContain("There is nobody with the e-mail");
  const other = await user(["list"], undefined, two.theirs.key);
  expect(other.stderr).toContain("Only the installation's first organization sees all users");
  // Nobody sits at this terminal.
  const unasked = await user(["create", "--email", "bob@a.example"]);
  expect(unasked).toMatchObject({ code: 2, stderr: expect.stringContaining("--password-stdin") });
});
