import { createCipheriv, createDecipheriv, createHash, createSecretKey, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals secrets for storage: AES-256-GCM, laid out as version (1 byte), nonce (12), tag (16), ciphertext.
 * The version byte is there so that the key can be rotated one day without guessing what a row holds.
 */
export interface SecretBox {
  seal(plaintext: string): Buffer;
  /** @throws when the bytes were not sealed with this key: a wrong SWITCHHOOK_SECRET_KEY, or a damaged row */
  open(sealed: Buffer): string;
}

/** Secrets opened lately, by their sealed bytes: every delivery asks for the same few. */
const MOST_REMEMBERED = 1_000;

/** @param keyBytes 32 bytes */
export function createSecretBox(keyBytes: Buffer): SecretBox {
  if (keyBytes.length !== 32) throw new Error(`The secret key must be 32 bytes long, not ${keyBytes.length}`);
  const key = createSecretKey(keyBytes);
  const opened = new Map<string, string>();
  return {
    seal(plaintext) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce);
      const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), ciphertext]);
    },
    open(sealed) {
      const known = opened.get(sealed.toString("latin1"));
      if (known !== undefined) return known;
      if (sealed[0] !== VERSION) throw new Error(`Unknown version ${sealed[0]} of a sealed secret`);
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
      const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv(ALGORITHM, key, nonce);
      decipher.setAuthTag(tag);
      try {
        const ciphertext = sealed.subarray(1 + NONCE_BYTES + TAG_BYTES);
        const plaintext = decipher.update(ciphertext, undefined, "utf8") + decipher.final("utf8");
        if (opened.size >= MOST_REMEMBERED) opened.clear();
        opened.set(sealed.toString("latin1"), plaintext);
        return plaintext;
      } catch (cause) {
        throw new Error("A stored secret cannot be opened with this secret key", { cause });
      }
    },
  };
}

/** API keys are 256 random bits, so a plain hash is enough: there is no dictionary to try. */
export function hashApiKey(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

/** A new API key; the prefix `fl_` is the one documented (facts 12.1). */
export function newApiKey(): string {
  return `fl_${randomBytes(32).toString("base64url")}`;
}

/** A new webhook secret, in the form that the Standard Webhooks libraries take. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(24).toString("base64")}`;
}
