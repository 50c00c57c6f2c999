import { expect, test } from "vitest";
import { sign, verifySignature } from "./signature.ts";

// Made with: printf '%s' "$timestamp.$body" | openssl dgst -sha256 -hmac "$secret"
test.each([
  [
    "your-secret-for-verification",
    1765627200,
    '{"message":{"type":"status-update"}}',
    "154eff755e86b844101535dc3d1fffb7bbcdd900136dd34b6b90fe625841232f",
  ],
  [
    "whsec_bm90IGRlY29kZWQ=",
    1765627200,
    "",
    "586a92ee3717a312992ed9d9b375c53a447bee6d93c77d1b10219adb440841f8",
  ],
  ["sécret", 1, '{"name":"Zoë ☎"}', "5f056737afa0aa93364eed5a11cce85ba85e1cc9a0cb15dd6251bfb77ce89e95"],
])("signs with %s at %d", (secret, timestamp, body, hex) => {
  expect(sign(secret, timestamp, Buffer.from(body))).toBe(`sha256=${hex}`);
});

const body = Buffer.from('{"a":1}');
const genuine = { secret: "s", timestamp: "1000", signature: sign("s", 1000, body), body, nowSeconds: 1000 };

test.each([
  ["as it was sent", {}, "genuine"],
  ["300 s later", { nowSeconds: 1300 }, "genuine"],
  ["301 s later", { nowSeconds: 1301 }, "too-old"],
  ["from 301 s in the future", { nowSeconds: 699 }, "too-old"],
  ["with another secret", { secret: "t" }, "wrong-signature"],
  ["with another body", { body: Buffer.from('{"a":2}') }, "wrong-signature"],
  ["with another timestamp", { timestamp: "1001" }, "wrong-signature"],
  ["with no timestamp", { timestamp: "soon" }, "too-old"],
  ["with an empty signature", { signature: "" }, "wrong-signature"],
])("verifies a request %s: %s", (_sentence, change, result) => {
  expect(verifySignature({ ...genuine, ...change })).toBe(result);
});
