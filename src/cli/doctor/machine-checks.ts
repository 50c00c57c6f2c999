import type { Config } from "../../config.ts";
import { createNetworkCheck } from "../../telephony/nat/local-networks.ts";
import { note, ok, problem, warning, type Finding } from "./finding.ts";
import type { Machine } from "./machine.ts";

/** What the machine and the settings say by themselves, nothing asked of the network. Pure. */
export function checkMachine(machine: Machine, config: Config, wantedCalls: number): Finding[] {
  return [
    checkContainer(machine, config),
    ...(machine.isWsl ? [WSL] : []),
    checkOpenFiles(machine, wantedCalls),
    checkRtpRange(config, wantedCalls),
    checkListening(config),
    ...checkKeys(config),
  ];
}

const isDockerBridge = createNetworkCheck([{ address: "172.16.0.0", prefixLength: 12 }]);

function checkContainer({ isContainer, addresses }: Machine, { sip }: Config): Finding {
  const check = "container";
  if (!isContainer) return ok(check, "This is no container.");
  const ipv4 = addresses.filter((address) => !address.includes(":"));
  if (!ipv4.some(isDockerBridge))
    return ok(check, `A container with the addresses ${ipv4.join(", ") || "none"}.`);
  const saw = `A container behind a bridge network: its address is ${ipv4.join(", ")}.`;
  const { first, last } = sip.rtpPorts;
  const publish = `Start it with --network host; or publish the ports one to one (-p ${sip.port}:${sip.port}/udp -p ${sip.port}:${sip.port}/tcp -p ${first}-${last}:${first}-${last}/udp)`;
  if (sip.nat.publicAddress === undefined) {
    return problem(
      check,
      `${saw} Peers are told that address, and their audio goes nowhere.`,
      `${publish} and set SIP_PUBLIC_ADDRESS to the address of the host.`,
    );
  }
  return warning(check, saw, `${publish}. SIP_PUBLIC_ADDRESS is set, as it has to be then.`);
}

const WSL = warning(
  "wsl",
  "This is WSL: Windows hides it behind a NAT of its own.",
  "Set networkingMode=mirrored under [wsl2] in %UserProfile%\\.wslconfig and restart WSL; or run the server outside WSL.",
);

/** A call's RTP socket, up to four provider connections, and the database's and webhooks' share. */
const FILES_A_CALL = 6;
const FILES_AT_REST = 200;

function checkOpenFiles({ mostOpenFiles }: Machine, wantedCalls: number): Finding {
  const check = "open-files";
  if (mostOpenFiles === undefined) return note(check, "How many files a process may open is not known here.");
  const needed = FILES_AT_REST + wantedCalls * FILES_A_CALL;
  const saw = `A process may open ${mostOpenFiles} files; ${wantedCalls} calls need about ${needed}.`;
  if (mostOpenFiles >= needed) return ok(check, saw);
  return problem(
    check,
    saw,
    `Raise it: ulimit -n ${needed} before the start, LimitNOFILE=${needed} in a systemd unit, --ulimit nofile=${needed} for Docker.`,
  );
}

function checkRtpRange({ sip }: Config, wantedCalls: number): Finding {
  const check = "rtp-range";
  const { first, last } = sip.rtpPorts;
  const calls = Math.floor((last + 1 - first - (first % 2)) / 2);
  const saw = `RTP_PORT_RANGE ${first}-${last} carries ${calls} calls at once.`;
  if (sip.port >= first && sip.port <= last)
    return problem(check, `${saw} SIP_PORT ${sip.port} lies within it.`, "Move one of the two.");
  if (calls >= wantedCalls) return ok(check, saw);
  const widened = first + (first % 2) + wantedCalls * 2 - 1;
  return problem(
    check,
    `${saw} ${wantedCalls} are wanted.`,
    widened <= 65_535
      ? `Set RTP_PORT_RANGE=${first}-${widened}, and open the same ports in firewall and router.`
      : `Set RTP_PORT_RANGE to a range of ${wantedCalls * 2} ports, such as 10000-${10_000 + wantedCalls * 2 - 1}.`,
  );
}

const isLoopback = (host: string) => host === "localhost" || host === "::1" || host.startsWith("127.");

function checkListening({ sip }: Config): Finding {
  const check = "sip-host";
  if (!isLoopback(sip.host)) return ok(check, `SIP and RTP listen on ${sip.host}.`);
  const saw = `SIP and RTP listen on ${sip.host}: only this machine can call.`;
  const change = "Set SIP_HOST=0.0.0.0 (all interfaces), or to one address of this machine.";
  if (sip.nat.publicAddress === undefined)
    return note(check, saw, `For phones and trunks elsewhere: ${change}`);
  return problem(check, `${saw} SIP_PUBLIC_ADDRESS is set, so others are meant to.`, change);
}

function checkKeys({ openai, secretKeys, databaseUrl }: Config): Finding[] {
  const isOpenAi = openai.baseUrl === "https://api.openai.com/v1";
  return [
    openai.apiKey === undefined && isOpenAi
      ? warning(
          "provider-keys",
          "No key of a speech and language provider is set: assistants have the built-in voice and no model.",
          "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own; or let organizations bring their keys (POST /byok).",
        )
      : ok("provider-keys", "A speech and language provider is set."),
    secretKeys === undefined && databaseUrl !== undefined
      ? note(
          "secret-key",
          "The key that seals stored secrets is in the data folder alone; the database without it is of no use.",
          "Set SWITCHHOOK_SECRET_KEY (openssl rand -hex 32) on every machine, or back the data folder up with the database.",
        )
      : ok("secret-key", "The key that seals stored secrets is where the secrets are, or set."),
  ];
}
