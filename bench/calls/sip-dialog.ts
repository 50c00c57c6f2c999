import type { Socket } from "node:dgram";

/**
 * The least of a SIP caller that places a call and ends it, for load: one socket for all calls, told apart by their
 * Call-ID. It shares nothing with the product, so that a mistake there is not made here too.
 */
export interface SipDialog {
  /** Sends INVITE, again until something comes back. */
  invite(): void;
  /** A response that belongs to this call. */
  receive(message: string): void;
  /** A request of the far end inside this call: BYE is confirmed. */
  request(message: string): void;
  bye(): void;
  cancel(): void;
  readonly isOver: boolean;
}

export interface DialogEvents {
  onRinging?(): void;
  /** @param rtp  where the answer wants audio */
  onAnswered?(rtp: { address: string; port: number }): void;
  onRefused?(statusCode: number): void;
  /** the far end hung up, or has confirmed our hanging up */
  onEnded?(): void;
}

const T1_MS = 500;
const LIFETIME_MS = 64 * T1_MS;

export function createSipDialog(options: {
  socket: Socket;
  server: { address: string; port: number };
  callId: string;
  to: string;
  from: string;
  rtpPort: number;
  isClosed: () => boolean;
  /** false: the answer is not acknowledged, as by a caller who is gone */
  acknowledges?: boolean;
  events: DialogEvents;
}): SipDialog {
  const { socket, server, callId, events } = options;
  const local = `127.0.0.1:${socket.address().port}`;
  const uri = `sip:${options.to}@${server.address}`;
  let toTag = "";
  let isOver = false;
  let isAnswered = false;
  let isFinal = false;
  let cancelRepeat: () => void = () => undefined;
  let acknowledgement: string | undefined;

  function message(method: string, cseq: number, branch: string, body = ""): string {
    return [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP ${local};branch=z9hG4bK${callId}${branch};rport`,
      "Max-Forwards: 70",
      `From: <sip:${options.from}@${local}>;tag=f${callId}`,
      `To: <${uri}>${toTag}`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} ${method}`,
      `Contact: <sip:load@${local}>`,
      ...(body ? ["Content-Type: application/sdp"] : []),
      `Content-Length: ${body.length}`,
      "",
      body,
    ].join("\r\n");
  }

  function send(text: string): void {
    // After the generator has closed, the last timers still fire.
    if (options.isClosed()) return;
    socket.send(text, server.port, server.address, () => undefined);
  }

  /** RFC 3261, 17.1: doubling, capped where the method says so, until it is stopped. */
  function sendUntilAnswered(text: string, longestMs: number, onNobody: () => void): void {
    cancelRepeat();
    let delayMs = T1_MS;
    let sentForMs = 0;
    let timer: NodeJS.Timeout;
    const again = () => {
      timer = setTimeout(() => {
        sentForMs += delayMs;
        if (sentForMs >= LIFETIME_MS) return onNobody();
        send(text);
        delayMs = Math.min(delayMs * 2, longestMs);
        again();
        return undefined;
      }, delayMs);
    };
    send(text);
    again();
    cancelRepeat = () => clearTimeout(timer);
  }

  function end(): void {
    if (isOver) return;
    isOver = true;
    cancelRepeat();
    events.onEnded?.();
  }

  function answered(text: string): void {
    cancelRepeat();
    if (!isAnswered) {
      isAnswered = true;
      toTag = /^To:[^\r\n]*?(;tag=[^\s;]+)/im.exec(text)?.[1] ?? "";
      acknowledgement = message("ACK", 1, "ack");
      const port = Number(/^m=audio (\d+)/m.exec(text)?.[1]);
      const address = /^c=IN IP4 (\S+)/m.exec(text)?.[1] ?? server.address;
      if (options.acknowledges !== false) events.onAnswered?.({ address, port });
    }
    // Each repeat of the answer is acknowledged again (RFC 3261, 13.2.2.4).
    if (options.acknowledges !== false && acknowledgement) send(acknowledgement);
  }

  return {
    invite() {
      const sdp = `v=0\r\no=load 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${options.rtpPort} RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n`;
      sendUntilAnswered(message("INVITE", 1, "inv", sdp), LIFETIME_MS, end);
    },
    receive(text) {
      const statusCode = Number(text.slice(8, 11));
      const method = /^CSeq:\s*\d+\s+(\w+)/im.exec(text)?.[1];
      if (method === "BYE" || method === "CANCEL") {
        if (statusCode < 200) return;
        cancelRepeat();
        if (method === "BYE") end();
        return;
      }
      if (method !== "INVITE") return;
      if (statusCode < 200) {
        if (!isFinal) cancelRepeat();
        if (statusCode === 180) events.onRinging?.();
      } else if (statusCode < 300) {
        isFinal = true;
        answered(text);
      } else {
        cancelRepeat();
        toTag = /^To:[^\r\n]*?(;tag=[^\s;]+)/im.exec(text)?.[1] ?? "";
        // The ACK of a refusal is part of the INVITE's transaction (17.1.1.3): its branch.
        send(message("ACK", 1, "inv"));
        toTag = "";
        if (!isFinal) events.onRefused?.(statusCode);
        isFinal = true;
        end();
      }
    },
    request(text) {
      const kept = text.split("\r\n").filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));
      send(["SIP/2.0 200 OK", ...kept, "Content-Length: 0", "", ""].join("\r\n"));
      if (text.startsWith("BYE ")) end();
    },
    bye() {
      if (!isOver) sendUntilAnswered(message("BYE", 2, "bye"), 4_000, end);
    },
    cancel() {
      if (!isOver && !isFinal) sendUntilAnswered(message("CANCEL", 1, "inv"), 4_000, () => undefined);
    },
    get isOver() {
      return isOver;
    },
  };
}
