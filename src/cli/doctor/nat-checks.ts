import type { Config } from "../../config.ts";
import { isPrivateAddress } from "../../telephony/nat/local-networks.ts";
import type { StunAddress } from "../../telephony/nat/stun-message.ts";
import { note, ok, problem, warning, type Finding } from "./finding.ts";

/** What STUN servers said of one socket of ours. */
export interface NatSight {
  /** the port that the socket is bound to, one of RTP_PORT_RANGE where one was free */
  localPort: number;
  mappings: { server: string; mapped: StunAddress }[];
  /** servers that said nothing, each with why */
  failures: { server: string; detail: string }[];
}

/**
 * How others see us, and whether that is what they are told. Pure.
 * @param sight  undefined: no STUN server is set
 */
export function checkNat(
  sight: NatSight | undefined,
  config: Config,
  ownAddresses: readonly string[],
): Finding[] {
  const [first] = sight?.mappings ?? [];
  const unanswered = (sight?.failures ?? []).map(({ server, detail }) =>
    warning(
      "stun",
      `${server}: ${detail}.`,
      "Let UDP out of the firewall, or name another server in STUN_SERVER.",
    ),
  );
  if (!sight || !first) return [...unanswered, checkUnseen(config, ownAddresses, sight !== undefined)];
  const isBehindNat = !ownAddresses.includes(first.mapped.address);
  return [
    ...unanswered,
    checkPublicAddress(first.mapped.address, isBehindNat, config),
    ...(isBehindNat
      ? checkMapping(sight, config)
      : [ok("nat", "There is no NAT: the address that others see is this machine's.")]),
    ...(isBehindNat ? [alg(config)] : []),
  ];
}

const isLoopback = (host: string) => host === "localhost" || host === "::1" || host.startsWith("127.");

/** Nothing was asked, or nobody answered: what the settings alone say. */
function checkUnseen({ sip }: Config, ownAddresses: readonly string[], wasAsked: boolean): Finding {
  const check = "public-address";
  const { publicAddress } = sip.nat;
  if (publicAddress !== undefined && publicAddress !== "auto") {
    if (ownAddresses.includes(publicAddress))
      return ok(check, `${publicAddress} is an address of this machine.`);
    return note(
      check,
      `Peers outside are told ${publicAddress}; whether that is right was not checked.`,
      wasAsked ? undefined : "Set STUN_SERVER=host:3478 and run this once more.",
    );
  }
  if (publicAddress === "auto") {
    return problem(
      check,
      "The public address is to be found by STUN, and no STUN server answers: peers outside are told a private address.",
      "Set SIP_PUBLIC_ADDRESS to the address, or STUN_SERVER to a server that answers.",
    );
  }
  if (isLoopback(sip.host)) return note(check, "Not needed while SIP listens on this machine alone.");
  if (ownAddresses.some((address) => !isPrivateAddress(address)))
    return ok(check, "This machine has a public address of its own.");
  return warning(
    check,
    `This machine has private addresses alone (${ownAddresses.join(", ") || "none"}): trunks and phones outside hear nothing.`,
    "Set SIP_PUBLIC_ADDRESS to the router's public address; or STUN_SERVER=host:3478 and SIP_PUBLIC_ADDRESS=auto. Not needed where all peers are in your own network.",
  );
}

function checkPublicAddress(seen: string, isBehindNat: boolean, { sip }: Config): Finding {
  const check = "public-address";
  const { publicAddress } = sip.nat;
  if (publicAddress === "auto") return ok(check, `Others see ${seen}; it is found by STUN.`);
  if (publicAddress === seen) return ok(check, `Others see ${seen}, as SIP_PUBLIC_ADDRESS says.`);
  if (publicAddress !== undefined) {
    return problem(
      check,
      `Others see ${seen}, and SIP_PUBLIC_ADDRESS says ${publicAddress}.`,
      `Set SIP_PUBLIC_ADDRESS=${seen}, or auto where the address changes.`,
    );
  }
  if (!isBehindNat) return ok(check, `Others see ${seen}, an address of this machine.`);
  if (isLoopback(sip.host))
    return note(check, `Others see ${seen}; SIP listens on this machine alone, so nobody is told.`);
  return problem(
    check,
    `Others see ${seen}, which is no address of this machine, and SIP_PUBLIC_ADDRESS is not set: peers outside are told a private address and hear nothing.`,
    `Set SIP_PUBLIC_ADDRESS=${seen}, or auto where the address changes.`,
  );
}

function checkMapping({ mappings, localPort }: NatSight, { sip }: Config): Finding[] {
  const check = "nat";
  const { first: from, last } = sip.rtpPorts;
  const forward = `Forward UDP ${from}-${last} and UDP and TCP ${sip.port} to this machine, each port to the same port`;
  const [first, second] = mappings;
  if (!first) return [];
  const { mapped } = first;
  if (second && (second.mapped.port !== mapped.port || second.mapped.address !== mapped.address)) {
    return [
      problem(
        check,
        `A symmetric NAT: ${first.server} sees ${mapped.address}:${mapped.port}, ${second.server} sees ${second.mapped.address}:${second.mapped.port} for one and the same socket.`,
        `${forward} (a static, or one-to-one, mapping); or move the server to a machine with a public address. Without that, audio from peers that do not follow where ours comes from is lost.`,
      ),
    ];
  }
  if (mapped.port !== localPort) {
    return [
      warning(
        check,
        `A NAT that changes ports: ${localPort} is seen as ${mapped.port}. SDP names the port as it is here.`,
        `${forward}.`,
      ),
    ];
  }
  const beyond = second ? "" : " One server alone cannot show a symmetric NAT: name two in STUN_SERVER.";
  return [
    note(
      check,
      `Behind a NAT that keeps ports (${localPort} is seen as ${mapped.port}).${beyond}`,
      `${forward}, so that calls from outside get in.`,
    ),
  ];
}

/** Nothing on this side can see it at work: a router that rewrites does so for both directions. */
function alg({ sip }: Config): Finding {
  return note(
    "sip-alg",
    sip.port === 5_060
      ? "SIP is on port 5060, where routers with a SIP ALG rewrite it; one-way audio and calls that end after 30 s come from that."
      : `SIP is on port ${sip.port}, which most SIP ALGs leave alone.`,
    sip.port === 5_060
      ? "Switch SIP ALG (SIP helper, SIP passthrough) off in the router, or use another SIP_PORT."
      : undefined,
  );
}
