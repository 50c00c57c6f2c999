import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** How dear a guess is. What was hashed with other figures is hashed anew when its password is next right. */
export interface ScryptCost {
  /** a power of two */
  N: number;
  r: number;
  p: number;
}

/** 32 MB and a fifth of a second of one thread: one of OWASP's equivalents, and the one that takes the least memory. */
export const PASSWORD_COST: ScryptCost = { N: 32_768, r: 8, p: 3 };

const HASH_BYTES = 32;
const SALT_BYTES = 16;
/** Node's threads also resolve names and read files for calls: passwords take no more than this many of the four. */
const MOST_AT_ONCE = 2;

export interface Passwords {
  hash(password: string): Promise<string>;
  /**
   * @param stored  undefined: there is no such person, or they have no password; takes as long as a wrong one
   */
  check(password: string, stored: string | null | undefined): Promise<"right" | "right-but-old" | "wrong">;
}

export function createPasswords(cost: ScryptCost = PASSWORD_COST): Passwords {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // The place goes to the next one as it is.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  const nobodys = { cost, salt: randomBytes(SALT_BYTES), hash: randomBytes(HASH_BYTES) };

  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      return write({ cost, salt, hash: await inTurn(() => derive(password, salt, cost)) });
    },
    async check(password, stored) {
      const known = stored ? read(stored) : undefined;
      const { cost: itsCost, salt, hash } = known ?? nobodys;
      const isRight = timingSafeEqual(await inTurn(() => derive(password, salt, itsCost)), hash);
      if (!known || !isRight) return "wrong";
      return itsCost.N === cost.N && itsCost.r === cost.r && itsCost.p === cost.p ? "right" : "right-but-old";
    },
  };
}

function derive(password: string, salt: Buffer, { N, r, p }: ScryptCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same text may come composed or decomposed, by keyboard and system (RFC 8265).
    scrypt(password.normalize("NFC"), salt, HASH_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

interface Stored {
  cost: ScryptCost;
  salt: Buffer;
  hash: Buffer;
}

/** `$scrypt$N=32768,r=8,p=3$salt$hash` */
function write({ cost: { N, r, p }, salt, hash }: Stored): string {
  return `$scrypt$N=${N},r=${r},p=${p}$${salt.toString("base64")}$${hash.toString("base64")}`;
}

function read(stored: string): Stored {
  const match = /^\$scrypt\$N=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored);
  if (!match) throw new Error("A stored password hash cannot be read");
  const [, N, r, p, salt, hash] = match;
  return {
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt!, "base64"),
    hash: Buffer.from(hash!, "base64"),
  };
}
