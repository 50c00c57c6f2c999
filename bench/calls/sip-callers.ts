import type { Socket } from "node:dgram";
import { bindUdpSocket } from "../../src/telephony/udp-socket.ts";
import { createSipDialog, type DialogEvents, type SipDialog } from "./sip-dialog.ts";

/** Calls of one generator over one SIP socket. */
export interface SipCallers {
  place(options: {
    callId: string;
    to: string;
    from: string;
    rtpPort: number;
    acknowledges?: boolean;
    events: DialogEvents;
  }): SipDialog;
  readonly port: number;
  /** calls that are not over */
  readonly running: number;
  close(): Promise<void>;
}

export async function openSipCallers(server: { address: string; port: number }): Promise<SipCallers> {
  const socket = await bindUdp();
  let isClosed = false;
  const dialogs = new Map<string, SipDialog>();
  // A short burst of answers to a hundred callers must not be lost in our own kernel buffer.
  socket.setRecvBufferSize(1 << 20);
  socket.on("message", (bytes) => {
    const text = bytes.toString();
    const callId = /^Call-ID:\s*(\S+)/im.exec(text)?.[1];
    const dialog = callId === undefined ? undefined : dialogs.get(callId);
    if (!dialog) return;
    if (text.startsWith("SIP/2.0 ")) dialog.receive(text);
    else dialog.request(text);
  });
  return {
    place(options) {
      const dialog = createSipDialog({ ...options, socket, server, isClosed: () => isClosed });
      dialogs.set(options.callId, dialog);
      return dialog;
    },
    port: socket.address().port,
    get running() {
      return [...dialogs.values()].filter(({ isOver }) => !isOver).length;
    },
    close() {
      isClosed = true;
      return new Promise((resolve) => socket.close(() => resolve()));
    },
  };
}

export function bindUdp(): Promise<Socket> {
  return bindUdpSocket("127.0.0.1", 0);
}
