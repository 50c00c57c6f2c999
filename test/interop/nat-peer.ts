import { systemClock } from "../../src/clock.ts";
import { createLogger } from "../../src/logger.ts";
import type { CallMedia } from "../../src/telephony/carrier.ts";
import { createSipCaller } from "../../src/telephony/sip/sip-caller.ts";
import { createLocalCarrier } from "../harness/local-carrier.ts";
import { shareAt, tone } from "../harness/tone.ts";

// One end of a call, run inside of a network namespace: `answer ADDRESS` or `call ADDRESS SERVER`. Says what it heard as JSON.

const [role, address = "", server = ""] = process.argv.slice(2);
const logger = createLogger({ level: "silent" });
const SIP_PORT = 5_060;
const ANSWER_HZ = 1_000;
const CALL_HZ = 440;

function talk(media: CallMedia, sayHz: number, hearHz: number): Promise<number> {
  media.play(tone(sayHz, 3_000));
  return new Promise((resolve) => {
    const heard: number[] = [];
    // Nobody may wait for ever for a tone that a NAT has swallowed.
    const giveUp = setTimeout(() => resolve(0), 8_000);
    media.onAudio((frame) => {
      if (heard.length > 0 || frame.some((sample) => Math.abs(sample) > 1_000)) heard.push(...frame);
      if (heard.length < 4_000) return;
      clearTimeout(giveUp);
      resolve(shareAt(hearHz, Int16Array.from(heard.slice(0, 4_000))));
    });
  });
}

async function answerOne(): Promise<void> {
  const invites: string[] = [];
  const carrier = createLocalCarrier({
    host: address,
    port: SIP_PORT,
    rtpPorts: { first: 20_000, last: 20_009 },
    clock: systemClock,
    logger,
    trace: (direction, text) => direction === "in" && text.startsWith("INVITE") && invites.push(text),
    onLeg: (leg) => {
      void (async () => {
        const result = await leg.answer();
        const share = result.outcome === "answered" ? await talk(result.media, ANSWER_HZ, CALL_HZ) : 0;
        // It is the called side that hangs up, once the other has heard enough: its BYE has to find the way back through the NAT.
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        await leg.hangUp();
        const via = /^Via: .*$/m.exec(invites[0] ?? "")?.[0];
        console.log(JSON.stringify({ role, share, via, sdp: /^c=.*$/m.exec(invites[0] ?? "")?.[0] }));
        await carrier.stop();
      })();
    },
  });
  await carrier.start();
  console.log(JSON.stringify({ role, ready: true }));
}

async function callOne(): Promise<void> {
  const answers: string[] = [];
  const caller = createSipCaller({
    host: address,
    rtpPorts: { first: 20_000, last: 20_009 },
    clock: systemClock,
    logger,
    trace: (direction, text) => direction === "in" && text.startsWith("SIP/2.0 200") && answers.push(text),
  });
  await caller.start();
  const leg = await caller.placeCall({
    to: "+31850835037",
    from: "+31612345678",
    trunk: { address: server, port: SIP_PORT, protocol: "UDP" },
  });
  const picked = await leg.answered;
  const share = picked.outcome === "answered" ? await talk(picked.media, CALL_HZ, ANSWER_HZ) : 0;
  const { cause } = await leg.ended;
  console.log(JSON.stringify({ role, share, ended: cause, via: /^Via: .*$/m.exec(answers[0] ?? "")?.[0] }));
  await caller.stop();
}

await (role === "answer" ? answerOne() : callOne());
