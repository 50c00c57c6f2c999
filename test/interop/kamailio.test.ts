import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeCertificate } from "../harness/certificate.ts";
import {
  newDataDirectory,
  removeDataDirectory,
  startReadyServer,
  type RunningServer,
} from "../harness/server.ts";
import { isInstalled } from "./installed.ts";
import { freePort, isListening, nextMediaPort, runSipp, type SippOptions, type SippRun } from "./sipp-run.ts";
import { picked } from "./sipp-scenarios.ts";
import { until } from "./until.ts";

// Kamailio stands between us and the telephones, as at a carrier: it asks us for our password, stays in the calls that
// it passes on (Record-Route), and knows where the telephones are because they have registered.

const NUMBER = "+31850835037";
const TELEPHONE = "+31611111111";
const PASSWORD = "kamailio-secret";
/** The account's: its calls go where the account has registered. */
const BY_REGISTRATION = "+31850835099";
const TLS_MODULE = "/usr/lib/x86_64-linux-gnu/kamailio/modules/tls.so";

const missing = ["kamailio", "sipp"].filter((program) => !isInstalled(program));
const hasTls = existsSync(TLS_MODULE);
if (!hasTls) console.warn("kamailio's TLS is missing: apt-get install kamailio-tls-modules");
if (missing.length > 0) console.warn(`missing: ${missing.join(", ")}: apt-get install kamailio sip-tester`);

describe.skipIf(missing.length > 0)("kamailio", () => {
  let dataDirectory: string;
  let server: RunningServer;
  let kamailio: ChildProcess;
  let kamailioPort: number;
  let kamailioTlsPort: number;
  let assistantId: string;
  let briefId: string;
  let output = "";

  beforeAll(async () => {
    dataDirectory = await newDataDirectory();
    for (const name of ["us", "kamailio"]) {
      const { cert, key } = await makeCertificate("localhost", "127.0.0.1");
      await writeFile(path.join(dataDirectory, `${name}.cert`), cert);
      await writeFile(path.join(dataDirectory, `${name}.key`), key);
    }
    server = await startReadyServer(dataDirectory, {
      SIP_TLS_PORT: String(await freePort()),
      SIP_TLS_CERT: path.join(dataDirectory, "us.cert"),
      SIP_TLS_KEY: path.join(dataDirectory, "us.key"),
      SIP_TLS_CA: path.join(dataDirectory, "kamailio.cert"),
      RTP_PORT_RANGE: "22850-22899",
      RATE_LIMIT_REQUESTS_PER_MINUTE: "0",
    });
    kamailioPort = await freePort();
    kamailioTlsPort = await freePort();
    const words: Record<string, string> = {
      PORT: String(kamailioPort),
      TLS_PORT: String(kamailioTlsPort),
      FOLDER: dataDirectory,
      BY_REGISTRATION,
      US: String(server.sipPort),
      REALM: "carrier.example",
    };
    const template = await readFile(new URL("./kamailio.cfg", import.meta.url), "utf8");
    const config = path.join(dataDirectory, "kamailio.cfg");
    await writeFile(
      config,
      template.replaceAll(/\{\{(\w+)\}\}/g, (_whole, word: string) => words[word]!),
    );
    // In the foreground (-DD), with a folder of its own for its sockets, and little memory.
    kamailio = spawn(
      "kamailio",
      [
        "-DD",
        "-E",
        "-f",
        config,
        "-Y",
        dataDirectory,
        "-w",
        dataDirectory,
        "-m",
        "32",
        "-M",
        "8",
        ...(hasTls ? ["-A", "WITH_TLS"] : []),
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    for (const stream of [kamailio.stdout, kamailio.stderr]) {
      stream!.on("data", (chunk: Buffer) => (output += chunk.toString()));
    }
    await until(() => isListening(kamailioPort, "udp"), Boolean, 15_000).catch((error: unknown) => {
      throw new Error(`kamailio did not start:\n${output}`, { cause: error });
    });
    assistantId = await make("assistants", "assistant", { name: "Desk", first_message: "Hello." });
    briefId = await make("assistants", "assistant", {
      name: "Brief",
      first_message: "Hello.",
      max_duration_seconds: 1,
    });
    await make("numbers", "number", {
      phone_number: NUMBER,
      agent_id: assistantId,
      transfer_trunk_id: await trunk(PASSWORD),
    });
    await make("numbers", "number", { phone_number: BY_REGISTRATION, agent_id: assistantId });
  });
  afterAll(async () => {
    if (kamailio.exitCode === null) {
      const ended = new Promise((resolve) => kamailio.once("exit", resolve));
      kamailio.kill("SIGTERM");
      await ended;
    }
    await server.end("SIGTERM");
    await removeDataDirectory(dataDirectory);
  });

  async function make(route: string, name: string, body: object): Promise<string> {
    const created = await server.api("POST", `/${route}`, body);
    if (created.status !== 201) throw new Error(`${route}: ${JSON.stringify(created.body)}`);
    return (created.body[name] as { id: string }).id;
  }

  function trunk(password: string, fields: object = {}): Promise<string> {
    return make("sip-trunks", "trunk", {
      name: "Kamailio",
      provider: "kamailio",
      address: `127.0.0.1:${kamailioPort}`,
      auth_username: "switchhook",
      auth_password: password,
      ...fields,
    });
  }

  function tlsTrunk(fields: object = {}): Promise<string> {
    return trunk(PASSWORD, { address: `127.0.0.1:${kamailioTlsPort}`, transport: "tls", ...fields });
  }

  async function sipp(file: string, more: Partial<SippOptions>): Promise<SippRun> {
    const run = await runSipp({
      file: new URL(`./sipp/${file}.xml`, import.meta.url),
      folder: dataDirectory,
      role: "calls",
      serverPort: kamailioPort,
      number: NUMBER,
      caller: TELEPHONE,
      transport: "u1",
      mediaPort: nextMediaPort(),
      controlPort: await freePort(),
      ...more,
    });
    if (!run.passed) throw new Error(`${run.story}\nkamailio said:\n${output}`);
    return run;
  }

  async function ends(id: string): Promise<string> {
    const record = await until(
      async () => (await server.api("GET", `/calls/${id}`)).body as Record<string, string>,
      (call) => !["connecting", "ringing", "in-progress"].includes(String(call["status"])),
      15_000,
    );
    return `${record["status"]} ${record["end_reason"]}`;
  }

  async function numberOf(trunkId: string, phoneNumber: string): Promise<string> {
    return make("numbers", "number", { phone_number: phoneNumber, transfer_trunk_id: trunkId });
  }

  async function place(numberId: string, assistant: string): Promise<string> {
    const order = { destination: TELEPHONE, number_id: numberId, assistant_id: assistant };
    const placed = await server.api("POST", "/calls/outbound", order);
    expect(placed.status).toBe(201);
    return String(placed.body["call_id"]);
  }

  /** A telephone behind it, registered and waiting. An object, so that awaiting the telephone's start does not await its end. */
  async function telephone(file: string): Promise<{ done: Promise<SippRun> }> {
    const sipPort = await freePort();
    const done = sipp(file, { role: "is-called", sipPort });
    // Looked at later; until then it must not count as unhandled.
    done.catch(() => undefined);
    await until(() => isListening(sipPort, "udp"), Boolean, 10_000);
    await sipp("register", { more: ["-key", "telephone", String(sipPort)] });
    return { done };
  }

  test("a call of ours goes out with its password, to a telephone that hangs up", async () => {
    const { done } = await telephone("proxied-called");
    const id = await place(await numberOf(await trunk(PASSWORD), "+31850000011"), assistantId);
    await done;
    expect(await ends(id)).toBe("ended user_hangup");
  });

  test("a call of ours that we hang up: ACK and BYE go through the proxy", async () => {
    const { done } = await telephone("called-we-hang-up");
    const id = await place(await numberOf(await trunk(PASSWORD), "+31850000012"), briefId);
    const { ladder } = await done;
    expect(await ends(id)).toBe("ended max_duration");
    for (const method of [/^ACK/, /^BYE/]) {
      const [first] = picked(ladder, "received", method);
      const vias = first!.text.match(/^Via:/gim);
      expect(vias).toHaveLength(2);
    }
  });

  test("a wrong password: refused, and tried once", async () => {
    const id = await place(await numberOf(await trunk("not-this-one"), "+31850000013"), assistantId);
    expect(await ends(id)).toBe("failed unreachable");
  });

  test("nobody is registered there", async () => {
    const numberId = await numberOf(await trunk(PASSWORD), "+31850000014");
    const order = { destination: "+31619999999", number_id: numberId, assistant_id: assistantId };
    const placed = await server.api("POST", "/calls/outbound", order);
    expect(await ends(String(placed.body["call_id"]))).toBe("failed unreachable");
  });

  /** Their calls in our records: how they ended. */
  async function callsOf(caller: string): Promise<string[]> {
    const { calls } = (await server.api("GET", "/calls?limit=100")).body as unknown as {
      calls: { id: string; caller_phone: string }[];
    };
    return Promise.all(calls.filter((call) => call.caller_phone === caller).map(({ id }) => ends(id)));
  }

  test("a call comes in through it", async () => {
    const caller = "+31612345699";
    await sipp("proxied-call", { caller });
    expect(await callsOf(caller)).toEqual(["ended user_hangup"]);
  });

  async function comesInByRegistration(trunkId: Promise<string>, caller: string): Promise<SippRun> {
    const id = await trunkId;
    const state = async () => {
      const { trunk: shown } = (await server.api("GET", `/sip-trunks/${id}`)).body;
      return shown as { registration: { state: string } };
    };
    await until(state, ({ registration }) => registration.state === "registered", 15_000);
    const run = await sipp("proxied-call", { caller, number: BY_REGISTRATION });
    expect(await callsOf(caller)).toEqual(["ended user_hangup"]);
    await server.api("DELETE", `/sip-trunks/${id}`);
    // Taken back: nothing says where we are any more.
    const isGone = () =>
      sipp("unknown-number", { number: BY_REGISTRATION, caller }).then(
        () => true,
        () => false,
      );
    await until(isGone, Boolean, 15_000, 500);
    return run;
  }

  test("a call comes in to where we have registered, and nowhere when that is taken back", async () => {
    await sipp("unknown-number", { number: BY_REGISTRATION });
    await comesInByRegistration(trunk(PASSWORD, { register: true }), "+31612345698");
  });

  describe.skipIf(!hasTls)("over TLS, whoever connects verifies the other", () => {
    test("a call of ours goes out with its password, to a telephone that hangs up", async () => {
      const { done } = await telephone("proxied-called");
      const id = await place(await numberOf(await tlsTrunk(), "+31850000021"), assistantId);
      await done;
      expect(await ends(id)).toBe("ended user_hangup");
    });

    test("a call of ours that we hang up", async () => {
      const { done } = await telephone("called-we-hang-up");
      const id = await place(await numberOf(await tlsTrunk(), "+31850000022"), briefId);
      const { ladder } = await done;
      expect(await ends(id)).toBe("ended max_duration");
      const [bye] = picked(ladder, "received", /^BYE/);
      expect(bye!.text).toMatch(/^Via: SIP\/2\.0\/TLS 127\.0\.0\.1/im);
    });

    test("a call comes in to where we have registered", async () => {
      const { ladder } = await comesInByRegistration(tlsTrunk({ register: true }), "+31612345697");
      const [answer] = picked(ladder, "received", /^SIP\/2\.0 200/);
      expect(answer!.text).toMatch(/^Record-Route:.*transport=tls/im);
    });
  });
});

test("what is missing on this machine", () => {
  // Always runs, so that a machine without the tools counts a test and says what it lacks.
  expect(Array.isArray(missing)).toBe(true);
});
