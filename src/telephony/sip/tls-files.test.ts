import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCertificate } from "../../../test/harness/certificate.ts";
import { readTlsFiles } from "./tls-files.ts";

let folder: string;
const file = (name: string) => path.join(folder, name);
const none = { port: 5_061, certFile: undefined, keyFile: undefined, caFile: undefined };

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "switchhook-tls-"));
  const [one, other] = [await makeCertificate("a.example"), await makeCertificate("b.example")];
  writeFileSync(file("cert.pem"), one.cert);
  writeFileSync(file("key.pem"), one.key);
  writeFileSync(file("other.pem"), other.key);
});
afterAll(() => rmSync(folder, { recursive: true }));

test("without files trunks can be called over TLS, and nothing listens", () => {
  const settings = readTlsFiles(none);
  expect(settings.listener).toBeUndefined();
  expect(settings.trust()).toBe(settings.trust());
});

test("certificate and key are read", () => {
  const settings = readTlsFiles({ ...none, certFile: file("cert.pem"), keyFile: file("key.pem") });
  expect(settings.listener).toMatchObject({
    port: 5_061,
    cert: expect.stringContaining("BEGIN CERTIFICATE"),
  });
});

test.each([
  ["a missing file", { caFile: "nowhere.pem" }, "SIP_TLS_CA: the file cannot be read"],
  [
    "a missing certificate",
    { certFile: "nowhere.pem", keyFile: "key.pem" },
    "SIP_TLS_CERT: the file cannot be read",
  ],
  [
    "somebody else's key",
    { certFile: "cert.pem", keyFile: "other.pem" },
    "SIP_TLS_CERT and SIP_TLS_KEY: must be",
  ],
])("%s is told by the variable's name", (_sentence, names, problem) => {
  const files = Object.fromEntries(Object.entries(names).map(([key, name]) => [key, file(name)]));
  expect(() => readTlsFiles({ ...none, ...files })).toThrow(problem);
});
