import { describe, expect, test } from "vitest";
import { readConfig, type Config } from "./config.ts";

function configOf(environment: Record<string, string>): Config {
  const result = readConfig(environment);
  if (result.outcome === "invalid") throw new Error(result.problems.join("; "));
  return result.config;
}

describe("readConfig", () => {
  test("needs nothing: everything has a default", () => {
    expect(configOf({})).toMatchObject({
      port: 4000,
      host: "127.0.0.1",
      dataDirectory: "./data",
      databaseUrl: undefined,
      sip: {
        host: "127.0.0.1",
        port: 5060,
        tls: { port: 5061, certFile: undefined, keyFile: undefined, caFile: undefined },
        allowedSources: [
          { address: "127.0.0.0", prefixLength: 8 },
          { address: "::1", prefixLength: 128 },
        ],
      },
      openai: { apiKey: undefined, baseUrl: "https://api.openai.com/v1" },
    });
  });

  test("who may call without being a trunk is a list, or nobody", () => {
    expect(configOf({ SIP_ALLOWED_SOURCES: "10.0.0.0/8, ::1" }).sip.allowedSources).toEqual([
      { address: "10.0.0.0", prefixLength: 8, port: undefined },
      { address: "::1", prefixLength: 128, port: undefined },
    ]);
    expect(configOf({ SIP_ALLOWED_SOURCES: "none" }).sip.allowedSources).toEqual([]);
  });

  test.each(["SIP_TLS_CERT", "SIP_TLS_KEY"])("%s alone is refused", (name) => {
    expect(readConfig({ [name]: "x.pem" })).toMatchObject({
      outcome: "invalid",
      problems: [expect.stringContaining("SIP_TLS_CERT: needs SIP_TLS_KEY")],
    });
  });

  test("takes a variable that is set to nothing as not set", () => {
    expect(configOf({ PORT: "", DATABASE_URL: " " })).toMatchObject({ port: 4000, databaseUrl: undefined });
  });

  test("where others reach us: an address, or STUN servers to ask, and what is on our side", () => {
    expect(configOf({}).sip.nat).toEqual({
      publicAddress: undefined,
      stunServers: [],
      localNetworks: undefined,
    });
    expect(
      configOf({
        SIP_PUBLIC_ADDRESS: "auto",
        STUN_SERVER: "stun.example.com, 192.0.2.1:3479",
        SIP_LOCAL_NETWORKS: "10.0.0.0/8 fd00::/8",
      }).sip.nat,
    ).toEqual({
      publicAddress: "auto",
      stunServers: [
        { host: "stun.example.com", port: 3_478 },
        { host: "192.0.2.1", port: 3_479 },
      ],
      localNetworks: [
        { address: "10.0.0.0", prefixLength: 8 },
        { address: "fd00::", prefixLength: 8 },
      ],
    });
    expect(configOf({ SIP_PUBLIC_ADDRESS: "203.0.113.7" }).sip.nat.publicAddress).toBe("203.0.113.7");
  });

  test.each([
    ["PORT", "http"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["HOST", "example.com"],
    ["PUBLIC_URL", "example.com"],
    ["DATABASE_URL", "mysql://localhost/x"],
    ["SWITCHHOOK_API_KEY", "sk_1234567890123456"],
    ["SWITCHHOOK_API_KEY", "fl_short"],
    ["SWITCHHOOK_SECRET_KEY", "tooshort"],
    ["SIP_PORT", "5060/udp"],
    ["SIP_HOST", "sip.example.com"],
    ["SIP_TLS_PORT", "70000"],
    ["SIP_ALLOWED_SOURCES", "pbx.example.com"],
    ["SIP_ALLOWED_SOURCES", "10.0.0.0/33"],
    ["SIP_ALLOWED_SOURCES", "10.0.0.0/8/9"],
    ["RTP_PORT_RANGE", "10000"],
    ["RTP_PORT_RANGE", "20000-10000"],
    ["RTP_PORT_RANGE", "80-90"],
    ["SIP_PUBLIC_ADDRESS", "sip.example.com"],
    ["SIP_PUBLIC_ADDRESS", "auto"],
    ["STUN_SERVER", "stun.example.com:0"],
    ["STUN_SERVER", "stun:stun.example.com"],
    ["SIP_LOCAL_NETWORKS", "10.0.0.0/33"],
    ["SIP_LOCAL_NETWORKS", "office"],
    ["OPENAI_BASE_URL", "ftp://example.com"],
    ["SWITCHHOOK_ALLOW_PRIVATE_WEBHOOKS", "10.0.0.0/33"],
    ["SWITCHHOOK_ALLOW_PRIVATE_WEBHOOKS", "internal.example.com"],
    ["SWITCHHOOK_ALLOW_PRIVATE_WEBHOOKS", "10.0.0.0/8:0"],
    ["SMTP_URL", "mail.example.com:25"],
    ["SMTP_URL", "http://mail.example.com"],
    ["MAIL_FROM", "example.com"],
    ["MAIL_FROM", "a@x.nl, b@x.nl"],
    ["MAIL_FROM", "A <a@x.nl>\nBcc: b@x.nl"],
    ["RESEND_API_KEY", "sk_123"],
    ["RESEND_BASE_URL", "api.resend.com"],
    ["LOG_LEVEL", "loud"],
  ])("refuses %s=%s, naming the variable and not repeating the value's secrets", (name, value) => {
    const result = readConfig({ [name]: value });
    expect(result).toMatchObject({
      outcome: "invalid",
      problems: [expect.stringMatching(`^${name}: must `)],
    });
    if (name.includes("KEY")) expect(JSON.stringify(result)).not.toContain(value);
  });

  test.each([
    [undefined, []],
    ["loopback", ["loopback"]],
    ["10.0.0.5, 172.16.0.0/12,fd00::/8", ["10.0.0.5", "172.16.0.0/12", "fd00::/8"]],
    [" ::1 , loopback, ", ["::1", "loopback"]],
  ])("TRUSTED_PROXIES=%s are %j", (text, proxies) => {
    expect(configOf({ ...(text !== undefined && { TRUSTED_PROXIES: text }) }).trustedProxies).toEqual(
      proxies,
    );
  });

  test.each([
    ["proxy.example.com"],
    ["true"],
    ["1"],
    ["Loopback"],
    ["uniquelocal"],
    ["10.0.0.5:3000"],
    ["10.0.0.0/33"],
    ["10.0.0.0/255.0.0.0"],
    ["fe80::1%eth0"],
    ["fd00::/129"],
    ["10.0.0.0/8/9"],
    ["*"],
  ])("TRUSTED_PROXIES=%s is refused, and so is a list that has it", (value) => {
    const problem = `TRUSTED_PROXIES: must be a list of addresses and networks, such as 10.0.0.5, 172.16.0.0/12, fd00::/8, or the word loopback; ${value} is none of these`;
    for (const text of [value, `10.0.0.5, ${value}`]) {
      expect(readConfig({ TRUSTED_PROXIES: text })).toEqual({ outcome: "invalid", problems: [problem] });
    }
  });

  test.each(["0.0.0.0/0", "::/0"])("TRUSTED_PROXIES=%s is refused: it is everybody", (value) => {
    expect(readConfig({ TRUSTED_PROXIES: value })).toMatchObject({
      problems: [`TRUSTED_PROXIES: must name the proxies alone; ${value} is everybody`],
    });
  });

  test("names every wrong variable at once", () => {
    expect(readConfig({ PORT: "x", SIP_PORT: "y" })).toMatchObject({
      problems: [expect.any(String), expect.any(String)],
    });
  });

  test("a relay needs an address to send from, and its password is not repeated", () => {
    const SMTP_URL = "smtps://user:secret@mail.example.com";
    const result = readConfig({ SMTP_URL });
    expect(result).toMatchObject({ problems: [expect.stringMatching("^MAIL_FROM: must be set")] });
    expect(JSON.stringify(result)).not.toContain("secret");
    for (const MAIL_FROM of ["calls@example.com", "Example Calls <calls@example.com>"]) {
      expect(configOf({ SMTP_URL, MAIL_FROM }).mail).toMatchObject({ smtpUrl: SMTP_URL, from: MAIL_FROM });
    }
  });

  test.each([
    ["10.1.2.0/24:8080", [{ address: "10.1.2.0", prefixLength: 24, port: 8080 }]],
    ["10.0.0.7", [{ address: "10.0.0.7", prefixLength: 32, port: undefined }]],
    [
      "[fd00::/8]:3000 [::1]",
      [
        { address: "fd00::", prefixLength: 8, port: 3000 },
        { address: "::1", prefixLength: 128, port: undefined },
      ],
    ],
  ])("reads the private ranges %s", (text, ranges) => {
    expect(configOf({ SWITCHHOOK_ALLOW_PRIVATE_WEBHOOKS: text }).allowedPrivateRanges).toEqual(ranges);
  });

  test.each([
    [{}, true],
    [{ HOST: "localhost" }, true],
    [{ HOST: "0.0.0.0" }, false],
    [{ SIP_HOST: "0.0.0.0" }, false],
  ])("with %j lets webhooks reach loopback: %s", (environment, isAllowed) => {
    expect(configOf(environment as Record<string, string>).allowedPrivateRanges.length > 0).toBe(isAllowed);
  });

  test("recordings are off, stay here, and their URLs are good for a week", () => {
    expect(configOf({}).recording).toEqual({ isOn: false, urlTtlSeconds: 604_800, s3: undefined });
    expect(configOf({ RECORDING: "on", RECORDING_URL_TTL_SECONDS: "3600" }).recording).toMatchObject({
      isOn: true,
      urlTtlSeconds: 3_600,
    });
    expect(configOf({}).callCapture).toBe("sip");
    expect(configOf({ CALL_CAPTURE: "rtp-headers" }).callCapture).toBe("rtp-headers");
  });

  const s3 = {
    RECORDING_S3_ENDPOINT: "https://s3.example.com/",
    RECORDING_S3_BUCKET: "calls",
    RECORDING_S3_ACCESS_KEY_ID: "id",
    RECORDING_S3_SECRET_ACCESS_KEY: "secret",
  };

  test("a bucket for them, whole or not at all", () => {
    expect(configOf(s3).recording.s3).toEqual({
      endpoint: "https://s3.example.com",
      bucket: "calls",
      region: "us-east-1",
      accessKeyId: "id",
      secretAccessKey: "secret",
      isPathStyle: true,
    });
    const { RECORDING_S3_BUCKET: _bucket, ...rest } = s3;
    expect(readConfig(rest)).toMatchObject({
      problems: [expect.stringMatching(/^RECORDING_S3_BUCKET: must be set with RECORDING_S3_ENDPOINT,/)],
    });
  });

  test.each([
    ["RECORDING", "yes"],
    ["RECORDING_URL_TTL_SECONDS", "59"],
    ["RECORDING_S3_PATH_STYLE", "true"],
    ["CALL_CAPTURE", "all"],
  ])("%s is not %s", (name, value) => {
    expect(readConfig({ [name]: value })).toMatchObject({
      problems: [expect.stringMatching(`^${name}: must be`)],
    });
  });

  test("reads a secret key in hexadecimal and in base64", () => {
    const key = Buffer.alloc(32, 7);
    expect(configOf({ SWITCHHOOK_SECRET_KEY: key.toString("hex") }).secretKeys?.[0]).toEqual(key);
    expect(configOf({ SWITCHHOOK_SECRET_KEY: key.toString("base64") }).secretKeys?.[0]).toEqual(key);
  });
});
