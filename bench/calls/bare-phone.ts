import { createSocket } from "node:dgram";
import { bindUdp } from "./sip-callers.ts";

// The baseline: answers every call at once and sends each packet back as it comes. What machine, kernel and generator
// can do at best, and what a datagram costs in Node.

const sip = await bindUdp();
sip.setRecvBufferSize(1 << 20);
const echoes = new Map<string, ReturnType<typeof createSocket>>();

sip.on("message", (bytes, from) => {
  const text = bytes.toString();
  const method = /^[A-Z]+/.exec(text)?.[0];
  const callId = /^Call-ID:\s*(\S+)/im.exec(text)?.[1] ?? "";
  const kept = text.split("\r\n").filter((line) => /^(Via|From|Call-ID|CSeq):/i.test(line));
  const reply = (status: string, body = "") => {
    const to = /^To:[^\r\n]*/im.exec(text)![0];
    const lines = [
      `SIP/2.0 ${status}`,
      ...kept,
      to.includes(";tag=") ? to : `${to};tag=bare`,
      `Contact: <sip:bare@127.0.0.1:${sip.address().port}>`,
      ...(body ? ["Content-Type: application/sdp"] : []),
      `Content-Length: ${body.length}`,
      "",
      body,
    ];
    sip.send(lines.join("\r\n"), from.port, from.address);
  };
  if (method === "INVITE" && !echoes.has(callId)) {
    reply("180 Ringing");
    void bindUdp().then((rtp) => {
      echoes.set(callId, rtp);
      rtp.on("message", (packet, peer) => rtp.send(packet, peer.port, peer.address));
      reply(
        "200 OK",
        `v=0\r\no=bare 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${rtp.address().port} RTP/AVP 0\r\n`,
      );
    });
  }
  if (method === "BYE") {
    reply("200 OK");
    echoes.get(callId)?.close();
    echoes.delete(callId);
  }
});
process.on("disconnect", () => process.exit(0));
process.send!(sip.address().port);
