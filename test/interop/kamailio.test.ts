import { spawn, type ChildProcess } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
/** Trunks do not keep a registration yet. */
const NEEDS_REGISTER = true;

const missing = ["kamailio", "sipp"].filter((program) => !isInstalled(program));
if (missing.length > 0) console.warn(`missing: ${missing.join(", ")}: apt-get install kamailio sip-tester`);

describe.skipIf(missing.length > 0)("kamailio", () => {
  let dataDirectory: string;
  let server: RunningServer;
  let kamailio: ChildProcess;
  let kamailioPort: number;
  let assistantId: string;
  let briefId: string;
  let output = "";

  beforeAll(async () => {
    dataDirectory = await newDataDirectory();
    server = await startReadyServer(dataDirectory, {
      RTP_PORT_RANGE: "22850-22899",
      RATE_LIMIT_REQUESTS_PER_MINUTE: "0",
    });
    kamailioPort = await freePort();
    const words: Record<string, string> = {
      PORT: String(kamailioPort),
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
      ["-DD", "-E", "-f", config, "-Y", dataDirectory, "-w", dataDirectory, "-m", "32", "-M", "8"],
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
  });
  afterAll(async () => {
    const ended = new Promise((resolve) => kamailio.once("exit", resolve));
    kamailio.kill("SIGTERM");
    await ended;
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

  test("a call comes in through it", async () => {
    const caller = "+31612345699";
    await sipp("proxied-call", { caller });
    const { calls } = (await server.api("GET", "/calls?limit=100")).body as unknown as {
      calls: { id: string; caller_phone: string }[];
    };
    const ours = calls.filter((call) => call.caller_phone === caller);
    expect(ours).toHaveLength(1);
    expect(await ends(ours[0]!.id)).toBe("ended user_hangup");
  });

  // The trunk keeps a registration (`register: true`), so that Kamailio finds us by it and needs no address of ours.
  test("a call comes in to where we have registered", async ({ skip }) => {
    skip(NEEDS_REGISTER, "needs register");
    await trunk(PASSWORD, { register: true });
    await sipp("proxied-call", { caller: "+31612345698", number: "switchhook" });
  });
});

test("what is missing on this machine", () => {
  // Always runs, so that a machine without the tools counts a test and says what it lacks.
  expect(Array.isArray(missing)).toBe(true);
});
