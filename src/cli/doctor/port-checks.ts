import { note, ok, problem, warning, type Finding } from "./finding.ts";
import type { PortState } from "./port-probe.ts";

/** A port that the server needs, and what is there. */
export interface ProbedPort {
  check: "http-port" | "sip-udp" | "sip-tcp" | "web-rtc-udp";
  /** the setting that moves it */
  variable: "PORT" | "SIP_PORT" | "WEB_RTC_PORT";
  hostVariable: "HOST" | "SIP_HOST";
  address: string;
  port: number;
  state: PortState;
}

/**
 * @param isServerRunning  the server of these settings answers over HTTP
 * @param speaksSip  something at the SIP port answers OPTIONS
 */
export function judgePort(probed: ProbedPort, isServerRunning: boolean, speaksSip: boolean): Finding {
  const { check, variable, hostVariable, address, port, state } = probed;
  const isSip = check === "sip-udp" || check === "sip-tcp";
  const place = `${check.endsWith("-udp") ? "UDP" : "TCP"} ${address}:${port}`;
  switch (state) {
    case "free":
      if (!isServerRunning) return ok(check, `${place} is free.`);
      return problem(
        check,
        `The server is running, and ${place} is not in use: it runs with other settings, or in another network.`,
        `Start it with the same ${variable} and ${hostVariable} as this command, or run this command where it runs.`,
      );
    case "taken":
      if (isServerRunning && (!isSip || speaksSip))
        return ok(check, `${place} is held by the running server.`);
      if (isServerRunning)
        return note(
          check,
          `${place} is held, presumably by the running server; it does not answer OPTIONS from here.`,
        );
      return problem(
        check,
        isSip && speaksSip
          ? `${place} is held by another program that speaks SIP (a PBX?).`
          : `${place} is held by another program.`,
        `End that program (ss -lntup 'sport = :${port}' names it), or set ${variable} to another port.`,
      );
    case "forbidden":
      return problem(
        check,
        `${place} may not be opened by this user.`,
        `Set ${variable} to a port from 1024 on, or give the process CAP_NET_BIND_SERVICE.`,
      );
    case "no-address":
      return problem(
        check,
        `${address} is no address of this machine.`,
        `Set ${hostVariable} to one of its own, or 0.0.0.0; a router's public address belongs in SIP_PUBLIC_ADDRESS.`,
      );
  }
}

/** @param taken  the even ports of the range that could not be bound; of @param total */
export function judgeRtpPorts(options: {
  taken: readonly number[];
  total: number;
  wantedCalls: number;
  isServerRunning: boolean;
}): Finding {
  const { taken, total, wantedCalls, isServerRunning } = options;
  const check = "rtp-ports";
  if (taken.length === 0) return ok(check, `All ${total} RTP ports are free.`);
  if (isServerRunning)
    return ok(
      check,
      `${taken.length} of ${total} RTP ports are in use; the server is running and its calls have some.`,
    );
  const names = taken.slice(0, 5).join(", ") + (taken.length > 5 ? ", …" : "");
  const saw = `${taken.length} of ${total} RTP ports are held by other programs: ${names}.`;
  const change = "Set RTP_PORT_RANGE to a range that nobody uses; another SIP server's is the usual cause.";
  return total - taken.length < wantedCalls ? problem(check, saw, change) : warning(check, saw, change);
}
