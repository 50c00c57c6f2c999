import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { dispose } from "@livekit/rtc-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../src/ids.ts";
import { listenTo } from "../harness/ear.ts";
import { tone } from "../harness/tone.ts";
import { joinWithRtcNode } from "./rtc-node-caller.ts";
import { startWebRoom } from "./web-room.ts";

let web: Awaited<ReturnType<typeof startWebRoom>>;
beforeAll(async () => {
  web = await startWebRoom();
});
afterAll(async () => {
  await web.stop();
  await dispose();
  expect(web.mediaErrors).toEqual([]);
});

/** A whole call, as proof that all is well. */
async function talks(): Promise<void> {
  const [caller, leg] = await Promise.all([joinWithRtcNode(web.url, await web.token()), web.nextLeg()]);
  const answer = await leg.answer();
  if (answer.outcome !== "answered") throw new Error("the caller was gone");
  const ear = listenTo(answer.media);
  answer.media.play(tone(440, 5_000));
  await caller.untilTone(440);
  const stop = await caller.hum(700);
  await ear.untilTone(700);
  stop();
  await caller.leave();
  await leg.ended;
}

async function openSocket(token: string): Promise<{ socket: WebSocket; closed: Promise<CloseEvent> }> {
  const socket = new WebSocket(`${web.url}/rtc?access_token=${token}`);
  const closed = new Promise<CloseEvent>((resolve) =>
    socket.addEventListener("close", resolve, { once: true }),
  );
  await once(socket, "open");
  return { socket, closed };
}

const status = async (path: string, token: string) =>
  (await fetch(`${web.httpUrl}${path}?access_token=${token}`)).status;

describe("a WebSocket", () => {
  it.each([
    ["no token", async () => ""],
    ["a token that is none", async () => "abc.def.ghi"],
    ["one that has expired", () => web.token(newId(), "caller", new Date(Date.now() - 60_000))],
  ])("is not opened with %s, and the client can ask why", async (_name, makeToken) => {
    const token = await makeToken();
    const socket = new WebSocket(`${web.url}/rtc?access_token=${token}`);
    await once(socket, "error");
    expect(await status("/rtc/validate", token)).toBe(401);
  });

  it("is not there for LiveKit's newer way, to pages of any origin", async () => {
    const response = await fetch(`${web.httpUrl}/rtc/v1/validate?access_token=x`);
    expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([404, "*"]);
    expect(await response.text()).not.toContain("requested room does not exist");
  });

  it("says that there is nothing to resume where no call runs", async () => {
    const token = await web.token();
    const socket = new WebSocket(`${web.url}/rtc?access_token=${token}&reconnect=1`);
    await once(socket, "error");
    const response = await fetch(`${web.httpUrl}/rtc/validate?access_token=${token}`);
    expect([response.status, await response.text()]).toEqual([
      404,
      expect.stringMatching(/^requested room does not exist/),
    ]);
  });

  it.each<[string, string | Uint8Array<ArrayBuffer>, number]>([
    ["noise", new Uint8Array([255, 255, 255, 255]), 1_008],
    ["text", "{", 1_008],
    ["more than any description has", new Uint8Array(200_000), 1_009],
  ])("is closed at %s, and its room with it", async (_name, message, code) => {
    const { socket, closed } = await openSocket(await web.token());
    const leg = await web.nextLeg();
    socket.send(message);
    expect((await closed).code).toBe(code);
    await leg.hangUp();
  });

  it("is closed when it sends without end", async () => {
    const { socket, closed } = await openSocket(await web.token());
    const leg = await web.nextLeg();
    for (let count = 0; count < 400; count++) socket.send(new Uint8Array(0));
    expect((await closed).code).toBe(1_008);
    await leg.hangUp();
  });
});

describe("the UDP port", () => {
  it("lets noise of every kind pass, and calls go on", async () => {
    const socket = createSocket("udp4");
    const send = (datagram: Buffer) =>
      new Promise<void>((resolve) => socket.send(datagram, web.carrier.port, "127.0.0.1", () => resolve()));
    const answers: Buffer[] = [];
    socket.on("message", (answer) => answers.push(answer));
    for (let first = 0; first < 256; first++) {
      for (const bytes of [0, 1, 11, 19, 80, 600]) {
        await send(Buffer.concat([Buffer.from([first]), randomBytes(bytes)]));
      }
    }
    await talks();
    // Nobody is answered who has not read a description of ours.
    expect(answers).toEqual([]);
    socket.close();
  });
});

describe("a gateway that dies", () => {
  it("loses its callers, and another takes the next ones at the same port", async () => {
    const { port } = web.carrier;
    const [caller, leg] = await Promise.all([joinWithRtcNode(web.url, await web.token()), web.nextLeg()]);
    await leg.answer();
    await web.killGateway();
    expect(await leg.ended).toEqual({ cause: "lost", detail: "the process that carried it ended" });
    expect(web.carrier.legs).toBe(0);
    await caller.leave();
    while (!web.carrier.hasRoom()) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(web.carrier.port).toBe(port);
    await talks();
  });
});
