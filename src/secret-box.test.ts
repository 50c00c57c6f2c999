import { createCipheriv, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createSecretBox } from "./secret-box.ts";

const [first, second, third] = [randomBytes(32), randomBytes(32), randomBytes(32)] as const;

/** As earlier versions wrote it. */
function sealDirect(key: Buffer, plaintext: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.from([1]), nonce, cipher.getAuthTag(), ciphertext]);
}

test.each(["", "hush", "ünïcode 🎺", "x".repeat(100_000)])("gives back what was sealed", (plaintext) => {
  const sealed = createSecretBox(first).seal(plaintext);
  expect(createSecretBox(first).open(sealed)).toBe(plaintext);
  if (plaintext) expect(sealed.includes(plaintext)).toBe(false);
});

test("two seals of one secret have nothing in common but the key's name", () => {
  const box = createSecretBox(first);
  const [one, other] = [box.seal("hush"), box.seal("hush")];
  expect(one.subarray(0, 5)).toEqual(other.subarray(0, 5));
  expect(one.subarray(5)).not.toEqual(other.subarray(5));
});

test("another key, a changed byte, or an unknown version opens nothing, and says nothing of the secret", () => {
  const sealed = createSecretBox(first).seal("hush");
  expect(() => createSecretBox(second).open(sealed)).toThrow("cannot be opened with this secret key");
  for (let index = 0; index < sealed.length; index++) {
    const changed = Buffer.from(sealed);
    changed[index]! ^= 1;
    expect(() => createSecretBox(first).open(changed), `byte ${index}`).toThrow("cannot be opened");
  }
});

test("a key must have 32 bytes", () => {
  expect(() => createSecretBox(Buffer.alloc(31))).toThrow("must be 32 bytes long, not 31");
});

describe("rotation", () => {
  test("wraps anew, and leaves what is protected as it is", () => {
    const old = createSecretBox(first).seal("hush");
    const both = createSecretBox(second, [first]);
    expect(both.open(old)).toBe("hush");
    const rewrapped = both.rewrap(old)!;
    expect(rewrapped.subarray(65)).toEqual(old.subarray(65));
    expect(createSecretBox(second).open(rewrapped)).toBe("hush");
    expect(both.rewrap(rewrapped)).toBeUndefined();
    expect(() => createSecretBox(third, [second]).rewrap(old)).toThrow("not among those given");
  });

  test("what earlier versions sealed with the master key itself is opened, and gets a key of its own", () => {
    const old = sealDirect(first, "hush");
    const both = createSecretBox(third, [second, first]);
    expect(both.open(old)).toBe("hush");
    expect(createSecretBox(third).open(both.rewrap(old)!)).toBe("hush");
    expect(createSecretBox(first).rewrap(old)![0]).toBe(2);
  });
});
