import { afterAll, beforeAll, expect, test } from "vitest";
import { startTwoOrganizations, type TwoOrganizations } from "../harness/two-organizations.ts";

// What trunks have beside the five routes of a resource (kept.test.ts).

let two: TwoOrganizations;
beforeAll(async () => {
  two = await startTwoOrganizations("memory");
});
afterAll(() => two.close());

test("the password is sealed, and never returned", async () => {
  const create = {
    name: "n",
    provider: "p",
    address: "10.0.0.1:5080",
    auth_username: "u",
    auth_password: "hush",
  };
  const { body } = await two.mine.call("POST", "/sip-trunks", create);
  expect(JSON.stringify(body)).not.toContain("hush");
  expect(Object.keys(body.trunk)).not.toContain("auth_password");
  const row = await two.database.db
    .selectFrom("sip_trunks")
    .select("auth_password")
    .where("id", "=", body.trunk.id)
    .executeTakeFirstOrThrow();
  expect(row.auth_password!.includes("hush")).toBe(false);
});

test("a change leaves the password where it is not named, and is checked with it", async () => {
  const { mine, database } = two;
  const create = { name: "n", provider: "p", address: "pbx", auth_username: "u", auth_password: "hush" };
  const { id } = (await mine.call("POST", "/sip-trunks", create)).body.trunk;
  const sealed = async () =>
    (await database.db.selectFrom("sip_trunks").selectAll().where("id", "=", id).executeTakeFirstOrThrow())
      .auth_password;
  const before = await sealed();
  const changed = await mine.call("PATCH", `/sip-trunks/${id}`, { register: true });
  expect(changed.body.trunk).toMatchObject({ register: true, address: "pbx", auth_username: "u" });
  expect(await sealed()).toEqual(before);
  const refused = await mine.call("PATCH", `/sip-trunks/${id}`, { auth_password: null });
  expect(refused).toMatchObject({
    status: 400,
    body: { details: ["register: needs auth_username and auth_password"] },
  });
  await mine.call("PATCH", `/sip-trunks/${id}`, { auth_password: "louder" });
  const after = await sealed();
  expect(after).not.toEqual(before);
  expect(after!.includes("louder")).toBe(false);
  await mine.call("PATCH", `/sip-trunks/${id}`, { auth_password: null, register: false });
  expect(await sealed()).toBeNull();
});

test("what is ours beside the contract is kept and shown", async () => {
  const fields = {
    register: true,
    inbound_addresses: ["192.0.2.0/24", "2001:db8::1"],
    inbound_auth: "digest",
    calls_per_second: 5,
    srtp: "require",
    refer: "never",
  };
  const create = { name: "n", provider: "p", address: "pbx", auth_username: "u", auth_password: "p" };
  const unseen = {
    state: "unknown",
    since: null,
    checked_at: null,
    latency_ms: null,
    last_status: null,
    last_error: null,
  };
  expect((await two.mine.call("POST", "/sip-trunks", { ...create, ...fields })).body.trunk).toMatchObject({
    ...fields,
    reachability: unseen,
    registration: { state: "pending", since: null, expires_at: null, last_status: null, last_error: null },
  });
  expect((await two.mine.call("POST", "/sip-trunks", create)).body.trunk).toMatchObject({
    register: false,
    inbound_addresses: [],
    inbound_auth: "address",
    calls_per_second: null,
    srtp: "off",
    refer: "auto",
    registration: null,
  });
});

test("the shape of older documentation is understood", async () => {
  const old = { name: "Old", host: "sip.example.com", port: 5_070, username: "u", password: "p" };
  expect((await two.mine.call("POST", "/sip-trunks", old)).body.trunk).toMatchObject({
    name: "Old",
    provider: "sip",
    address: "sip.example.com:5070",
    auth_username: "u",
    transport: "udp",
  });
});

test.each([
  [{ address: "a b" }, "address: must be a host name or an IP address"],
  [{ address: "pbx:99999" }, "address: must be a host name or an IP address"],
  [{ transport: "sctp" }, "transport: must be one of udp, tcp, tls"],
  [{ register: true }, "register: needs auth_username and auth_password"],
  [{ inbound_auth: "digest", auth_username: "u" }, "inbound_auth: digest needs auth_username"],
  [{ inbound_addresses: ["10.0.0.0/8", "pbx"] }, "inbound_addresses[1]: must be an IP address or CIDR range"],
  [{ calls_per_second: 0 }, "calls_per_second: must be"],
  [{ srtp: "on" }, "srtp: must be one of off, offer, require"],
  [{ refer: "always" }, "refer: must be one of auto, never"],
])("%j is refused", async (fields, problem) => {
  const body = { name: "n", provider: "p", address: "pbx", ...fields };
  expect((await two.mine.call("POST", "/sip-trunks", body)).body.details).toEqual([
    expect.stringContaining(problem),
  ]);
});
