import { expect, test } from "vitest";
import { checkAddress, checkUrl } from "./url-guard.ts";

/**
 * Every refused kind of IPv4 address in every spelling that some resolver, parser or kernel understands, and every way
 * of putting it into an IPv6 address. None may pass.
 */
const REFUSED_V4 = [
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "10.255.255.254",
  "100.64.0.1",
  "100.127.255.254",
  "127.0.0.1",
  "127.255.255.254",
  "169.254.169.254",
  "169.254.170.2",
  "172.16.0.1",
  "172.31.255.254",
  "192.0.0.8",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.0.1",
  "192.168.255.254",
  "198.18.0.1",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.255.255.250",
  "240.0.0.1",
  "255.255.255.255",
];

function spellingsOf(address: string): string[] {
  const [a, b, c, d] = address.split(".").map(Number) as [number, number, number, number];
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (value: number) => value.toString(16);
  const octal = (value: number) => `0${value.toString(8)}`;
  const high = hex(a * 256 + b);
  const low = hex(c * 256 + d);
  const fullWidth = address.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
  return [
    address,
    String(whole),
    `0x${hex(whole)}`,
    `0X${hex(whole).toUpperCase()}`,
    `0${whole.toString(8)}`,
    [a, b, c, d].map((part) => `0x${hex(part)}`).join("."),
    [a, b, c, d].map(octal).join("."),
    `${a}.${b * 65_536 + c * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    `0x${hex(a)}.${octal(b)}.${c * 256 + d}`,
    `${address}.`,
    fullWidth,
    address.replaceAll(".", "\u3002"),
    address.replaceAll(".", "%2e"),
    `[::ffff:${address}]`,
    `[::FFFF:${high}:${low}]`,
    `[0:0:0:0:0:ffff:${high}:${low}]`,
    `[::${address}]`,
    `[::ffff:0:${address}]`,
    `[64:ff9b::${address}]`,
    `[64:ff9b::${high}:${low}]`,
    `[64:ff9b:1::${high}:${low}]`,
    `[2002:${high}:${low}::1]`,
    `[2001:0:${high}:${low}:0:0:0:1]`,
    `[2001:0:4136:e378:8000:63bf:${hex((a * 256 + b) ^ 0xffff)}:${hex((c * 256 + d) ^ 0xffff)}]`,
    `[2a00:1450::5efe:${high}:${low}]`,
    `[2a00:1450:0:0:200:5efe:${high}:${low}]`,
    `[fe80::5efe:${high}:${low}]`,
  ];
}

const OTHERS = [
  "http://localhost/",
  "http://LOCALHOST/",
  "http://localhost./",
  "http://a.localhost/",
  "http://metadata.google.internal/computeMetadata/v1/",
  "http://metadata/",
  "http://instance-data.ec2.internal/",
  "http://[::]/",
  "http://[::1]/",
  "http://[0000:0000:0000:0000:0000:0000:0000:0001]/",
  "http://[fc00::1]/",
  "http://[fd00:ec2::254]/",
  "http://[fe80::1]/",
  "http://[febf::1]/",
  "http://[fec0::1]/",
  "http://[ff02::1]/",
  "http://[100::1]/",
  "http://[2001:2::1]/",
  "http://[2001:10::1]/",
  "http://[2001:20::1]/",
  "http://[2001:db8::1]/",
  "http://[3fff::1]/",
  "http://[5f00::1]/",
  "http://user@example.com/",
  "http://user:password@example.com/",
  "http://:password@example.com/",
  "http://example.com@127.0.0.1/",
  "http://127.0.0.1#@example.com/",
  "http://127.0.0.1?@example.com/",
  "http:\\\\127.0.0.1\\",
  "http:/127.0.0.1/",
  "http:127.0.0.1",
  " http://127.0.0.1/",
  "http://127.0.0.1:80/",
  "http://\t127.0.0.1/",
  "http://127.0.0.1\n/",
  "ftp://example.com/",
  "file:///etc/passwd",
  "gopher://example.com/",
  "javascript:alert(1)",
  "data:text/plain,x",
  "unix:/var/run/docker.sock",
  "ws://example.com/",
  "//example.com/",
  "example.com",
  "http://",
  "http:///",
  "http://[::1%25lo]/",
  "http://[fe80::1%eth0]/",
  "",
];

const CORPUS = [
  ...REFUSED_V4.flatMap((address) => spellingsOf(address).map((spelling) => `http://${spelling}/hook`)),
  ...OTHERS,
];

test("the corpus is as large as it claims", () => {
  expect(new Set(CORPUS).size).toBeGreaterThanOrEqual(600);
});

test("nothing of the corpus passes", () => {
  const passed = CORPUS.filter((url) => checkUrl(url, []).outcome === "ok");
  expect(passed).toEqual([]);
});

test.each([
  "http://1.1.1.1/",
  "http://9.255.255.255/",
  "http://11.0.0.0/",
  "http://100.63.255.255/",
  "http://100.128.0.0/",
  "http://126.255.255.255/",
  "http://128.0.0.1/",
  "http://169.253.255.255/",
  "http://172.15.255.255/",
  "http://172.32.0.0/",
  "http://192.167.255.255/",
  "http://198.20.0.0/",
  "http://223.255.255.255/",
  "https://[2a00:1450:4001:82a::200e]/",
  "https://[2606:4700:4700::1111]:8443/",
  "https://hooks.example.com/",
  "https://localhost.example.com/",
  "https://metadata.example.com/",
  "https://münchen.example/",
])("%s passes: the guard is not deaf to the world", (url) => {
  expect(checkUrl(url, []).outcome).toBe("ok");
});

test.each([
  "127.0.0.1%lo",
  "fe80::1%eth0",
  "not an address",
  "",
  "1.2.3",
  "::ffff:127.0.0.1",
  "::ffff:a00:1",
])("an address from a resolver or a socket: %s is refused", (address) => {
  expect(checkAddress(address, 80, []).outcome).toBe("refused");
});
