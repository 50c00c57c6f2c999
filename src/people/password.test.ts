import { expect, test } from "vitest";
import { createPasswords } from "./password.ts";

const CHEAP = { N: 1_024, r: 8, p: 1 };

test("a password is right, another is not, and no two hashes are alike", async () => {
  const passwords = createPasswords(CHEAP);
  const [first, second] = await Promise.all([passwords.hash("café au lait"), passwords.hash("café au lait")]);
  expect(first).not.toBe(second);
  expect(first).toMatch(/^\$scrypt\$N=1024,r=8,p=1\$[^$]{24}\$[^$]{44}$/);
  expect(await passwords.check("café au lait", first)).toBe("right");
  // Composed and decomposed: what a telephone and a computer send for the same keys.
  expect(await passwords.check("café au lait".normalize("NFD"), first)).toBe("right");
  expect(await passwords.check("cafe au lait", first)).toBe("wrong");
  expect(await passwords.check("", first)).toBe("wrong");
});

test("what was hashed more cheaply is still right, and to be hashed anew", async () => {
  const stored = await createPasswords({ N: 512, r: 8, p: 1 }).hash("three green bicycles");
  expect(await createPasswords(CHEAP).check("three green bicycles", stored)).toBe("right-but-old");
  expect(await createPasswords(CHEAP).check("three green bicycle", stored)).toBe("wrong");
});

test("nobody's password is wrong, and costs what a wrong one costs", async () => {
  const passwords = createPasswords({ N: 16_384, r: 8, p: 1 });
  const stored = await passwords.hash("three green bicycles");
  async function takenMs(hash: string | undefined): Promise<number> {
    const startedMs = performance.now();
    expect(await passwords.check("wrong", hash)).toBe("wrong");
    return performance.now() - startedMs;
  }
  const nobodys: number[] = [];
  const somebodys: number[] = [];
  for (let n = 0; n < 7; n++) {
    nobodys.push(await takenMs(undefined));
    somebodys.push(await takenMs(stored));
  }
  // On a machine that does other things as well; without the work it would be a thousandth.
  const ratio = Math.min(...nobodys) / Math.min(...somebodys);
  expect(ratio).toBeGreaterThan(0.25);
  expect(ratio).toBeLessThan(4);
  expect(await passwords.check("wrong", null)).toBe("wrong");
});

test("many at once all come to their turn", async () => {
  const passwords = createPasswords(CHEAP);
  const stored = await passwords.hash("three green bicycles");
  const checks = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      passwords.check(index % 2 ? "three green bicycles" : "wrong", stored),
    ),
  );
  expect(checks.filter((check) => check === "right")).toHaveLength(10);
});
