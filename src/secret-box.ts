import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  randomBytes,
  type KeyObject,
} from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID_BYTES = 4;

/** Sealed with the master key itself; written by earlier versions, and still opened. */
const DIRECT = 1;
/** Sealed with a key of its own, which the master key wraps. */
const WRAPPED = 2;

/**
 * Seals secrets for storage. Each has a data key of its own, wrapped by the master key, so that a new master key needs
 * to wrap anew 32 bytes a row and never touches what they protect. Laid out as
 *
 *   version 2 (1 byte) · master key's id (4) · data key sealed (60) · plaintext sealed (28 + its length)
 *
 * where "sealed" is nonce (12), tag (16), ciphertext, all AES-256-GCM.
 */
export interface SecretBox {
  seal(plaintext: string): Buffer;
  /** @throws when none of the keys fits: a wrong SWITCHHOOK_SECRET_KEY, or a damaged row */
  open(sealed: Buffer): string;
  /** The same secret under the current master key. @returns undefined: it is under it already */
  rewrap(sealed: Buffer): Buffer | undefined;
}

/** Secrets opened lately, by their sealed bytes: every delivery asks for the same few. */
const MOST_REMEMBERED = 1_000;

interface MasterKey {
  id: Buffer;
  key: KeyObject;
}

/**
 * @param currentKey    32 bytes; what is sealed from now on
 * @param previousKeys  opened with as well, while a rotation is not finished
 */
export function createSecretBox(currentKey: Buffer, previousKeys: readonly Buffer[] = []): SecretBox {
  const [current, ...others] = [currentKey, ...previousKeys].map(toMasterKey) as [MasterKey, ...MasterKey[]];
  const masters = [current, ...others];
  const opened = new Map<string, string>();

  function unwrap(sealed: Buffer): { dataKey: Buffer; body: Buffer } {
    const id = sealed.subarray(1, 1 + KEY_ID_BYTES);
    const master = masters.find((each) => each.id.equals(id));
    if (!master) throw new Error("the master key that wraps it is not among those given");
    const bodyStart = 1 + KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES + KEY_BYTES;
    const dataKey = decrypt(master.key, sealed.subarray(1 + KEY_ID_BYTES, bodyStart));
    return { dataKey, body: sealed.subarray(bodyStart) };
  }

  function wrap(dataKey: Buffer, body: Buffer): Buffer {
    return Buffer.concat([Buffer.from([WRAPPED]), current.id, encrypt(current.key, dataKey), body]);
  }

  function openDirect(sealed: Buffer): string {
    for (const { key } of masters) {
      try {
        return decrypt(key, sealed.subarray(1)).toString("utf8");
      } catch {
        // Not this one; rows of this version do not say which.
      }
    }
    throw new Error("none of the keys given fits");
  }

  function openAny(sealed: Buffer): string {
    if (sealed[0] === DIRECT) return openDirect(sealed);
    if (sealed[0] !== WRAPPED) throw new Error(`its version ${sealed[0]} is unknown`);
    const { dataKey, body } = unwrap(sealed);
    return decrypt(createSecretKey(dataKey), body).toString("utf8");
  }

  function seal(plaintext: string): Buffer {
    const dataKey = randomBytes(KEY_BYTES);
    return wrap(dataKey, encrypt(createSecretKey(dataKey), Buffer.from(plaintext, "utf8")));
  }

  return {
    seal,
    open(sealed) {
      const known = opened.get(sealed.toString("latin1"));
      if (known !== undefined) return known;
      try {
        const plaintext = openAny(sealed);
        if (opened.size >= MOST_REMEMBERED) opened.clear();
        opened.set(sealed.toString("latin1"), plaintext);
        return plaintext;
      } catch (cause) {
        throw new Error("A stored secret cannot be opened with this secret key", { cause });
      }
    },
    rewrap(sealed) {
      if (sealed[0] === DIRECT) return seal(openDirect(sealed));
      if (sealed.subarray(1, 1 + KEY_ID_BYTES).equals(current.id)) return undefined;
      const { dataKey, body } = unwrap(sealed);
      return wrap(dataKey, body);
    },
  };
}

function toMasterKey(bytes: Buffer): MasterKey {
  if (bytes.length !== KEY_BYTES)
    throw new Error(`The secret key must be 32 bytes long, not ${bytes.length}`);
  const id = createHash("sha256")
    .update("switchhook master key")
    .update(bytes)
    .digest()
    .subarray(0, KEY_ID_BYTES);
  return { id, key: createSecretKey(bytes) };
}

function encrypt(key: KeyObject, plaintext: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
}

function decrypt(key: KeyObject, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}
