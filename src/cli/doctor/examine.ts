import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import type { Finding } from "./finding.ts";
import { lookAtMachine } from "./machine.ts";
import { checkMachine } from "./machine-checks.ts";
import { checkNat } from "./nat-checks.ts";
import { lookThroughNat } from "./nat-probe.ts";
import { judgePort, judgeRtpPorts, type ProbedPort } from "./port-checks.ts";
import { answersSip, probeTcp, probeUdp } from "./port-probe.ts";
import { checkPublicUrl, isServerRunning } from "./server-checks.ts";
import { checkDataFolder, judgeDatabase } from "./store-checks.ts";

/** Looks at everything, one after the other. Changes nothing, and needs no server to run. */
export async function examine(options: {
  config: Config;
  wantedCalls: number;
  clock: Clock;
  random: () => number;
}): Promise<Finding[]> {
  const { config, wantedCalls, clock, random } = options;
  const machine = lookAtMachine();
  const isRunning = await isServerRunning(config, clock);
  const sight = await lookThroughNat(config, clock);
  return [
    ...checkMachine(machine, config, wantedCalls),
    ...(await checkPorts(config, isRunning, random)),
    await checkRtpPorts(config, isRunning, wantedCalls),
    ...checkNat(sight, config, [...machine.addresses, "127.0.0.1"]),
    await checkDataFolder(config.dataDirectory),
    ...judgeDatabase(await askDatabase(config, clock)),
    await checkPublicUrl(config, clock, isRunning),
  ];
}

async function checkPorts(config: Config, isRunning: boolean, random: () => number): Promise<Finding[]> {
  const { host, port, sip, webRtcPort } = config;
  const web = { check: "http-port", variable: "PORT", hostVariable: "HOST", address: host, port } as const;
  const call = { variable: "SIP_PORT", hostVariable: "SIP_HOST", address: sip.host, port: sip.port } as const;
  const browsers = { variable: "WEB_RTC_PORT", hostVariable: "SIP_HOST", address: sip.host } as const;
  const probed: ProbedPort[] = [
    { ...web, state: await probeTcp(host, port) },
    { ...call, check: "sip-udp", state: await probeUdp(sip.host, sip.port) },
    { ...call, check: "sip-tcp", state: await probeTcp(sip.host, sip.port) },
    {
      ...browsers,
      check: "web-rtc-udp",
      port: webRtcPort,
      state: await probeUdp(sip.host, webRtcPort),
    },
  ];
  const isSipTaken = probed.some(({ check, state }) => check === "sip-udp" && state === "taken");
  const speaksSip = isSipTaken && (await answersSip(sip.host, sip.port, random));
  // Port 0 is any port that is free.
  return probed.filter((one) => one.port !== 0).map((one) => judgePort(one, isRunning, speaksSip));
}

async function checkRtpPorts({ sip }: Config, isRunning: boolean, wantedCalls: number): Promise<Finding> {
  const taken: number[] = [];
  let total = 0;
  const { first, last } = sip.rtpPorts;
  for (let port = first + (first % 2); port + 1 <= last; port += 2) {
    total++;
    if ((await probeUdp(sip.host, port)) === "taken") taken.push(port);
  }
  return judgeRtpPorts({ taken, total, wantedCalls, isServerRunning: isRunning });
}

async function askDatabase({ databaseUrl }: Config, clock: Clock) {
  if (databaseUrl === undefined) return undefined;
  // Loaded only here: nothing else in a command needs the driver.
  const { readDatabaseClock } = await import("../../db/database-clock.ts");
  return readDatabaseClock(databaseUrl, clock);
}
