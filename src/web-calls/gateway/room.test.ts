import { SignalRequest, SignalResponse, TrackSource, TrackType } from "@livekit/protocol";
import { describe, expect, it } from "vitest";
import { createManualClock } from "../../../test/harness/manual-clock.ts";
import type { LegEnd } from "../../telephony/carrier.ts";
import type { CallerMedia } from "./caller-media.ts";
import { createRoom } from "./room.ts";

type Request = NonNullable<NonNullable<ConstructorParameters<typeof SignalRequest>[0]>["message"]>;

/** A room whose peer connections are a list of what was asked of them. */
function openRoom() {
  const clock = createManualClock();
  const said: SignalResponse["message"][] = [];
  const did: string[] = [];
  const ends: LegEnd[] = [];
  let sids = 0;
  let connections = 0;
  let loudest = 0;
  const media = (): CallerMedia => ({
    offer: () => "offer",
    takeAnswer: (sdp) => (sdp === "bad" ? "bad" : undefined),
    answer: (sdp) => (sdp === "bad" ? undefined : `answer to ${sdp}`),
    restartIce: () => did.push("restart ICE"),
    sendVoice: () => undefined,
    sendData: (label) => did.push(`send on ${label}`),
    caller: { see: () => undefined, take: () => ({ loudest, packets: 10, lost: 0, mostBytes: 60 }) },
    assistant: { see: () => undefined, take: () => ({ loudest: 0, packets: 20, lost: 0, mostBytes: 20 }) },
    close: () => did.push("close media"),
  });
  const room = createRoom({
    callId: "call",
    identity: "caller",
    ports: {
      clock,
      newSid: (prefix) => `${prefix}_${++sids}`,
      openMedia() {
        did.push("open media");
        return media();
      },
      incoming: () => ({ read: () => undefined, lastSequence: 7 }),
      send: (connectionId, message) => {
        did.push(`say on ${connectionId}`);
        said.push(SignalResponse.fromBinary(message).message);
      },
      close: (connectionId, code) => did.push(`close ${connectionId} with ${code}`),
      ended: (end) => ends.push(end),
    },
  });
  return {
    clock,
    room,
    ends,
    setLoudest: (value: number) => (loudest = value),
    connect(isResume = false) {
      const connectionId = `c${++connections}`;
      room.connect({ connectionId, isResume, nextToken: "next" });
      return connectionId;
    },
    say: (message: Request, connectionId = `c${connections}`) =>
      room.receive(connectionId, new SignalRequest({ message }).toBinary()),
    /** since it was asked last */
    said: () => said.splice(0).map((message) => message),
    cases: () => said.splice(0).map(({ case: name }) => name),
    did: () => did.splice(0).filter((each) => !each.startsWith("say")),
  };
}

const microphone = (more = {}): Request => ({
  case: "addTrack",
  value: { cid: "cid", type: TrackType.AUDIO, source: TrackSource.MICROPHONE, ...more },
});
const SECOND = 1_000;

describe("what a room says to a client of LiveKit's", () => {
  it("is the join first, then its offer", () => {
    const { connect, said } = openRoom();
    connect();
    const [join, offer, token, ...more] = said();
    expect(join).toMatchObject({
      case: "join",
      value: {
        subscriberPrimary: true,
        pingInterval: 5,
        pingTimeout: 15,
        room: { name: "call" },
        participant: { identity: "caller" },
        otherParticipants: [{ identity: "assistant", tracks: [{ type: TrackType.AUDIO }] }],
      },
    });
    expect(offer).toMatchObject({ case: "offer", value: { type: "offer", sdp: "offer", id: 1 } });
    expect(token).toEqual({ case: "refreshToken", value: "next" });
    expect(more).toEqual([]);
  });

  it.each<[string, Request, unknown]>([
    [
      "ping",
      { case: "pingReq", value: { timestamp: 5n } },
      { case: "pongResp", value: { lastPingTimestamp: 5n } },
    ],
    [
      "an offer",
      { case: "offer", value: { type: "offer", sdp: "theirs", id: 4 } },
      { case: "answer", value: { sdp: "answer to theirs", id: 4 } },
    ],
    [
      "a microphone",
      microphone(),
      { case: "trackPublished", value: { cid: "cid", track: { source: TrackSource.MICROPHONE } } },
    ],
    [
      "a camera",
      microphone({ type: TrackType.VIDEO, source: TrackSource.CAMERA }),
      { case: "requestResponse", value: { message: "only a microphone can be published" } },
    ],
    [
      "the sound of a screen",
      microphone({ source: TrackSource.SCREEN_SHARE_AUDIO }),
      { case: "requestResponse", value: { message: "only a microphone can be published" } },
    ],
    [
      "new metadata",
      { case: "updateMetadata", value: { requestId: 3 } },
      { case: "requestResponse", value: { requestId: 3, message: "a caller has no metadata here" } },
    ],
  ])("answers %s", (_name, request, answer) => {
    const { connect, say, said } = openRoom();
    connect();
    said();
    say(request);
    expect(said()).toMatchObject([answer]);
  });

  it.each<Request>([
    { case: "trickle", value: { candidateInit: "{" } },
    { case: "subscription", value: {} },
    { case: "trackSetting", value: {} },
    { case: "syncState", value: {} },
    { case: "simulate", value: {} },
    { case: "answer", value: { sdp: "theirs" } },
    { case: "mute", value: { sid: "TR_of somebody else", muted: true } },
    { case: undefined },
  ])("is nothing to $case", (request) => {
    const { connect, say, said, did } = openRoom();
    connect();
    said();
    did();
    say(request);
    expect([said(), did()]).toEqual([[], []]);
  });

  it.each<[string, Uint8Array | string]>([
    ["bytes", Buffer.from([0xff, 0xff, 0xff])],
    ["text", "hello"],
    ["JSON of something else", `{"x":`],
    [
      "an offer that cannot be used",
      new SignalRequest({ message: { case: "offer", value: { sdp: "bad" } } }).toBinary(),
    ],
    ["such an answer", new SignalRequest({ message: { case: "answer", value: { sdp: "bad" } } }).toBinary()],
  ])("is a closed connection, and no more, to %s", (_name, message) => {
    const { connect, room, did, ends, cases } = openRoom();
    const connectionId = connect();
    cases();
    did();
    room.receive(connectionId, message);
    expect(did()).toEqual([`close ${connectionId} with 1008`]);
    connect();
    expect(cases()).toContain("join");
    expect(ends).toEqual([]);
  });

  it("is who speaks, when that changes", () => {
    const { connect, cases, clock, setLoudest, room } = openRoom();
    connect();
    room.audioStands();
    cases();
    setLoudest(0.2);
    clock.advance(SECOND);
    expect(cases()).toEqual(["speakersChanged"]);
    clock.advance(SECOND);
    expect(cases()).toEqual([]);
    setLoudest(0);
    clock.advance(SECOND);
    expect(cases()).toEqual(["speakersChanged"]);
  });
});

describe("a room whose caller", () => {
  it("comes back by a new WebSocket goes on with the same peer connections", () => {
    const { connect, room, clock, did, said, ends, say } = openRoom();
    const first = connect();
    room.audioStands();
    say(microphone());
    room.disconnect(first);
    clock.advance(14 * SECOND);
    did();
    said();
    connect(true);
    const [resumed, offer, update] = said();
    expect(resumed).toMatchObject({ case: "reconnect", value: { lastMessageSeq: 7 } });
    expect(offer).toMatchObject({ case: "offer", value: { id: 2 } });
    expect(update).toMatchObject({ case: "update" });
    expect(did()).toEqual(["restart ICE"]);
    clock.advance(60 * SECOND);
    expect(ends).toEqual([{ cause: "lost", detail: "its browser did not come back" }]);
  });

  it("never connects is lost", () => {
    const { clock, ends } = openRoom();
    clock.advance(16 * SECOND);
    expect(ends).toMatchObject([{ cause: "lost" }]);
  });

  it("pings stays", () => {
    const { connect, room, clock, say, ends } = openRoom();
    connect();
    room.audioStands();
    for (let seconds = 0; seconds < 120; seconds += 5) {
      say({ case: "pingReq", value: { timestamp: 1n } });
      clock.advance(5 * SECOND);
    }
    expect(ends).toEqual([]);
  });

  it("has nothing left to resume is told to start over", () => {
    const { connect, said, did } = openRoom();
    const id = connect(true);
    expect(said()).toMatchObject([{ case: "leave", value: { action: 2 } }]);
    expect(did()).toEqual([`close ${id} with 1000`]);
  });

  it("joins in another tab sends the first one away", () => {
    const { connect, room, did, said, ends } = openRoom();
    const first = connect();
    room.audioStands();
    did();
    said();
    const second = connect();
    expect(did()).toEqual([`close ${first} with 1000`, "close media", "open media"]);
    expect(said()[0]).toMatchObject({ case: "leave", value: { reason: 2, action: 0 } });
    // What comes of the first one late is nobody's.
    room.disconnect(first);
    room.receive(first, "noise");
    expect([did(), ends]).toEqual([[], []]);
    room.disconnect(second);
  });

  it("says goodbye is gone a second later", () => {
    const { connect, room, clock, say, ends } = openRoom();
    const id = connect();
    room.audioStands();
    say({ case: "leave", value: {} });
    room.disconnect(id);
    clock.advance(900);
    expect(ends).toEqual([]);
    clock.advance(200);
    expect(ends).toEqual([{ cause: "remote-hangup" }]);
  });

  it("has lost its peer connections is asked for new ones", () => {
    const { connect, room, clock, cases, did, ends } = openRoom();
    connect();
    room.audioStands();
    cases();
    did();
    room.mediaClosed();
    room.mediaClosed();
    expect([cases(), did()]).toEqual([["leave"], ["close media"]]);
    clock.advance(19 * SECOND);
    expect(ends).toEqual([]);
    clock.advance(2 * SECOND);
    expect(ends).toMatchObject([{ cause: "lost" }]);
  });

  it("is sent away hears what was said last, then why, and nothing runs on", async () => {
    const { connect, room, said, did, clock, ends } = openRoom();
    const id = connect();
    said();
    did();
    room.sendData({ topic: "t", payload: new Uint8Array() });
    const closed = room.close("ended");
    expect([said(), did()]).toEqual([[], ["send on _reliable"]]);
    clock.advance(200);
    await closed;
    expect(said()).toMatchObject([{ case: "leave", value: { action: 0, reason: 5 } }]);
    expect(did()).toEqual([`close ${id} with 1000`, "close media"]);
    clock.advance(60 * SECOND);
    expect([said(), ends]).toEqual([[], []]);
  });
});
