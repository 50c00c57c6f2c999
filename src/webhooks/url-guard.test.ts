import { describe, expect, test } from "vitest";
import type { AllowedRange } from "../config.ts";
import { checkAddress, checkUrl } from "./url-guard.ts";

describe("checkUrl", () => {
  test.each([
    "https://hooks.example.com/x",
    "http://8.8.8.8:8080/",
    "https://[2606:4700::1111]/",
    "http://192.0.3.1/",
    "http://172.32.0.1/",
  ])("lets %s through", (url) => {
    expect(checkUrl(url, []).outcome).toBe("ok");
  });

  test.each([
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0x7f000001/",
    "http://017700000001/",
    "http://127.255.255.254/",
    "http://0.0.0.0/",
    "http://0/",
    "http://10.0.0.1/",
    "http://10.255.255.255/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://100.127.255.255/",
    "http://192.0.0.1/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://198.19.255.255/",
    "http://198.51.100.7/",
    "http://203.0.113.9/",
    "http://224.0.0.1/",
    "http://239.255.255.255/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://192.88.99.1/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001::1]/",
    "http://[2001:db8::1]/",
    "http://[fc00::1]/",
    "http://[fd12:3456::1]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[100::1]/",
    "http://[3fff::1]/",
    "http://[5f00::1]/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "javascript:alert(1)",
    "http://user@example.com/",
    "http://user:pass@example.com/",
    "http://:pass@example.com/",
    "example.com/hook",
    "",
    "http://",
    "http://[::1",
    "http://256.256.256.256/",
  ])("refuses %s", (url) => {
    expect(checkUrl(url, []).outcome).toBe("refused");
  });

  test("says which rule and how to allow it", () => {
    expect(checkUrl("http://10.1.2.3:8080/", [])).toEqual({
      outcome: "refused",
      reason:
        "10.1.2.3 is not public (private); the operator can allow it with SWITCHHOOK_ALLOW_PRIVATE_WEBHOOKS=10.1.2.3/32:8080",
    });
  });
});

describe("checkAddress", () => {
  const allowed: AllowedRange[] = [
    { address: "10.1.0.0", prefixLength: 16, port: 8080 },
    { address: "fd00::", prefixLength: 8, port: undefined },
  ];

  test.each([
    ["10.1.2.3", 8080, "ok"],
    ["::ffff:10.1.2.3", 8080, "ok"],
    ["10.1.2.3", 8081, "refused"],
    ["10.2.2.3", 8080, "refused"],
    ["fd12::1", 1, "ok"],
    ["fe80::1", 1, "refused"],
    ["fd12::1%eth0", 1, "refused"],
    ["93.184.216.34", 443, "ok"],
    ["localhost", 80, "refused"],
  ])("%s port %d: %s", (address, port, outcome) => {
    expect(checkAddress(address, port, allowed).outcome).toBe(outcome);
  });
});
