import { expect, test } from "vitest";
import { judgePort, judgeRtpPorts, type ProbedPort } from "./port-checks.ts";

const http: ProbedPort = {
  check: "http-port",
  variable: "PORT",
  hostVariable: "HOST",
  address: "0.0.0.0",
  port: 4_000,
  state: "free",
};
const sip: ProbedPort = {
  ...http,
  check: "sip-udp",
  variable: "SIP_PORT",
  hostVariable: "SIP_HOST",
  port: 5_060,
};

const browsers: ProbedPort = {
  ...sip,
  check: "web-rtc-udp",
  variable: "WEB_RTC_PORT",
  port: 7_882,
};

test.each<[string, ProbedPort, boolean, boolean, string, RegExp | undefined]>([
  ["free", sip, false, false, "ok", undefined],
  ["free although the server runs", sip, true, false, "problem", /same SIP_PORT and SIP_HOST/],
  ["ours", { ...http, state: "taken" }, true, false, "ok", undefined],
  ["ours by SIP", { ...sip, state: "taken" }, true, true, "ok", undefined],
  ["ours that keeps silent", { ...sip, state: "taken" }, true, false, "note", undefined],
  ["a stranger's", { ...http, state: "taken" }, false, false, "problem", /sport = :4000.*set PORT/],
  ["a PBX's", { ...sip, state: "taken" }, false, true, "problem", /SIP_PORT/],
  ["of browsers, ours", { ...browsers, state: "taken" }, true, false, "ok", undefined],
  ["of browsers, another's", { ...browsers, state: "taken" }, false, true, "problem", /WEB_RTC_PORT/],
  ["not ours to open", { ...http, port: 80, state: "forbidden" }, false, false, "problem", /1024/],
  [
    "another machine's address",
    { ...sip, state: "no-address" },
    false,
    false,
    "problem",
    /SIP_PUBLIC_ADDRESS/,
  ],
])("%s", (_sentence, probed, isServerRunning, speaksSip, verdict, change) => {
  const finding = judgePort(probed, isServerRunning, speaksSip);
  expect(finding).toMatchObject({ check: probed.check, verdict });
  if (change) expect(finding.change).toMatch(change);
  else expect(finding.change).toBeUndefined();
});

test.each([
  [[], false, "ok"],
  [[10_000, 10_002], true, "ok"],
  [[10_000, 10_002], false, "warning"],
  [Array.from({ length: 60 }, (_, index) => 10_000 + index * 2), false, "problem"],
])("RTP ports taken: %j, running: %s: %s", (taken, isServerRunning, verdict) => {
  expect(judgeRtpPorts({ taken, total: 100, wantedCalls: 50, isServerRunning })).toMatchObject({ verdict });
});
