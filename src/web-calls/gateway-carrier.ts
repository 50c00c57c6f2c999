import type { Clock } from "../clock.ts";
import { toError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { LegMedia } from "../telephony/carrier.ts";
import type { MediaEngine } from "../telephony/media-engine.ts";
import { reachedFromHere } from "../telephony/nat/local-networks.ts";
import type { PublicAddress } from "../telephony/nat/public-address-loop.ts";
import { superviseGateway } from "./gateway-supervisor.ts";
import { issueJoinToken, readJoinToken, type JoinClaims, type JoinTokenKeys } from "./join-token.ts";
import { createRefusalMemory } from "./refusal-memory.ts";
import { createWebLeg } from "./web-leg.ts";
import type {
  JoinRefusal,
  JoinResult,
  SignalReceiver,
  SignalSocket,
  WebCallPorts,
  WebCarrier,
} from "./web-carrier.ts";

/** A caller comes back with a token of its own long after the first one has run out; it opens the call that runs, and no other. */
const NEXT_TOKEN_MS = 12 * 60 * 60_000;

interface OpenRoom<M extends LegMedia> {
  claims: JoinClaims;
  leg: ReturnType<typeof createWebLeg<M>>;
}

/** Browsers over WebRTC of our own, in a gateway process beside the call workers. */
export function createGatewayCarrier<M extends LegMedia>(options: {
  /** where WebRTC and RTP are bound */
  bindAddress: string;
  /** WEB_RTC_PORT; 0: any */
  port: number;
  publicAddress: PublicAddress;
  mediaEngine: MediaEngine<M>;
  tokenKeys: JoinTokenKeys;
  ports: WebCallPorts<M>;
  newId: () => string;
  clock: Clock;
  logger: Logger;
}): WebCarrier {
  const { clock, logger, mediaEngine, tokenKeys, newId } = options;
  /** by call */
  const rooms = new Map<string, { roomId: string; room: Promise<OpenRoom<M> | JoinRefusal> }>();
  /** by the id that the gateway knows */
  const open = new Map<string, OpenRoom<M>>();
  /** of every room, by connection, until they are closed: the last words come when the leg is over */
  const sockets = new Map<string, SignalSocket>();
  const refusals = createRefusalMemory(clock);
  let isStopping = false;

  const gateway = superviseGateway({
    settings: { bindAddress: options.bindAddress, port: options.port, logLevel: logger.level },
    clock,
    logger,
    onDied() {
      for (const { leg } of open.values()) leg.mediaIsLost("the process that carried it ended");
    },
    events: {
      send: (connectionId, message) => sockets.get(connectionId)?.send(message),
      close: (connectionId, code, reason) => sockets.get(connectionId)?.close(code, reason),
      media: (roomId, parameters) => open.get(roomId)?.leg.events.media(parameters),
      text: (roomId, text) => open.get(roomId)?.leg.events.text(text),
      data: (roomId, data) => open.get(roomId)?.leg.events.data(data),
      digit: (roomId, digit) => open.get(roomId)?.leg.events.digit(digit),
      ended: (roomId, end) => open.get(roomId)?.leg.events.ended(end),
    },
  });

  function hasRoom(): boolean {
    return !isStopping && gateway.functions !== undefined && mediaEngine.hasRoom();
  }

  async function openRoom(roomId: string, claims: JoinClaims): Promise<OpenRoom<M> | JoinRefusal> {
    const { functions } = gateway;
    if (!functions || !hasRoom()) return busy();
    const port = await mediaEngine.open({ onLost: (detail) => leg.mediaIsLost(detail) });
    if (!port) return busy();
    const leg = createWebLeg({
      carrierCallId: roomId,
      port,
      closeRoom: (why) => tell(functions.closeRoom.asEvent(roomId, why)),
      sendTranscription: (piece) => tell(functions.sendTranscription.asEvent(roomId, piece)),
      sendData: (data) => tell(functions.sendData.asEvent(roomId, data)),
      onEnded(end) {
        open.delete(roomId);
        rooms.delete(claims.callId);
        void port
          .close()
          .then((rtp) => logger.debug({ call_id: claims.callId, end, rtp }, "a web leg ended"));
      },
    });
    const room: OpenRoom<M> = { claims, leg };
    // From now on the gateway's word reaches it, also that it is gone.
    open.set(roomId, room);
    try {
      await functions.openRoom({
        roomId,
        callId: claims.callId,
        identity: claims.identity,
        media: { address: reachedFromHere(options.bindAddress), port: port.port },
        publicAddresses: [options.publicAddress.address].filter((address) => address !== undefined),
      });
      const admission = await options.ports.admit(claims);
      if (admission.outcome === "refused") {
        leg.reject(admission.message);
        return admission;
      }
    } catch (error) {
      logger.error({ err: toError(error), call_id: claims.callId }, "a web call could not be joined");
      leg.reject("it could not be joined");
      return { outcome: "refused", statusCode: 503, message: "The call could not be joined; try again" };
    }
    options.ports.onLeg(leg, claims);
    return room;
  }

  async function decide(token: string | undefined, isResume: boolean): Promise<JoinResult> {
    const read = await readJoinToken(token ?? "", tokenKeys, clock.now());
    if (read.outcome === "invalid") return unauthorized(read.because);
    const { claims } = read;
    let entry = rooms.get(claims.callId);
    if (!entry) {
      if (isResume) return gone();
      const roomId = newId();
      entry = { roomId, room: openRoom(roomId, claims) };
      rooms.set(claims.callId, entry);
    }
    const { roomId } = entry;
    const room = await entry.room;
    if ("outcome" in room) {
      if (rooms.get(claims.callId) === entry) rooms.delete(claims.callId);
      return room;
    }
    if (room.claims.identity !== claims.identity) {
      return { outcome: "refused", statusCode: 403, message: "Somebody else is in this call" };
    }
    const nextToken = await issueJoinToken(
      { ...claims, expiresAt: new Date(clock.now().getTime() + NEXT_TOKEN_MS) },
      tokenKeys,
    );
    return { outcome: "accepted", open: (socket) => connect(roomId, socket, { isResume, nextToken }) };
  }

  function connect(
    roomId: string,
    socket: SignalSocket,
    connection: { isResume: boolean; nextToken: string },
  ): SignalReceiver {
    const connectionId = newId();
    const { functions } = gateway;
    if (!functions || !open.has(roomId)) {
      socket.close(1_001, "the call is over");
      return { receive: () => undefined, closed: () => undefined };
    }
    sockets.set(connectionId, socket);
    tell(functions.connect.asEvent(roomId, { connectionId, ...connection }));
    return {
      receive: (message) => tell(functions.receive.asEvent(roomId, connectionId, message)),
      closed() {
        sockets.delete(connectionId);
        tell(functions.disconnect.asEvent(roomId, connectionId));
      },
    };
  }

  return {
    start: gateway.start,
    async stop() {
      isStopping = true;
      await Promise.all([...open.values()].map(({ leg }) => leg.hangUp()));
      await gateway.stop();
    },
    hasRoom,
    get port() {
      return gateway.port;
    },
    get legs() {
      return open.size;
    },
    async join({ token, isResume }) {
      const result = await decide(token, isResume);
      if (result.outcome === "refused") refusals.add(token ?? "", result);
      return result;
    },
    async validate(token) {
      const refusal = refusals.of(token ?? "");
      if (refusal) return refusal;
      const read = await readJoinToken(token ?? "", tokenKeys, clock.now());
      return read.outcome === "valid" ? { outcome: "valid" } : unauthorized(read.because);
    },
  };
}

function busy(): JoinRefusal {
  return {
    outcome: "refused",
    statusCode: 503,
    message: "No more calls can be taken just now; try again soon",
  };
}

function gone(): JoinRefusal {
  return { outcome: "refused", statusCode: 404, message: "The call is over, or goes on at another server" };
}

function unauthorized(because: "malformed" | "expired"): JoinRefusal {
  const message =
    because === "expired"
      ? "The join token has expired; ask for a new web call"
      : "The join token is missing or not valid";
  return { outcome: "refused", statusCode: 401, message };
}

/** What is said to a gateway that has ended is lost; its end is told by itself. */
function tell(sent: Promise<void>): void {
  sent.catch(() => undefined);
}
