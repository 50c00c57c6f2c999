import { expect, test } from "vitest";
import { createLentFunctions, type LentFunctions } from "./lent-functions.ts";

/** Two sides; what passes between them is cloned, as between processes. */
function twoSides(): { lender: LentFunctions; borrower: LentFunctions } {
  const link = (other: () => LentFunctions) => ({
    invoke: async (scope: string, path: string, args: unknown[]) =>
      structuredClone(await other().invoke(scope, path, structuredClone(args))),
    abort: (token: string) => other().abort(token),
  });
  const lender: LentFunctions = createLentFunctions(link(() => borrower));
  const borrower: LentFunctions = createLentFunctions(link(() => lender));
  return { lender, borrower };
}

interface Shop {
  name: string;
  events: { onSale(item: string): Promise<void> };
  tools: { name: string; run(args: object, signal: AbortSignal): Promise<string> }[];
}

test("data arrives as data, functions can be called wherever they are", async () => {
  const { lender, borrower } = twoSides();
  const sold: string[] = [];
  const { description } = lender.lend("shop", {
    name: "flowers",
    events: { onSale: (item: string) => void sold.push(item) },
    tools: [{ name: "price", run: (args: object) => `price of ${JSON.stringify(args)}` }],
  });
  const shop = borrower.borrow("shop", structuredClone(description)) as Shop;
  expect(shop.name).toBe("flowers");
  await shop.events.onSale("rose");
  expect(sold).toEqual(["rose"]);
  expect(await shop.tools[0]!.run({ of: "rose" }, new AbortController().signal)).toBe(
    'price of {"of":"rose"}',
  );
});

test("an abort reaches the function that runs, and only that", async () => {
  const { lender, borrower } = twoSides();
  const run = (name: string, signal: AbortSignal) =>
    new Promise((resolve) => signal.addEventListener("abort", () => resolve(`${name} aborted`)));
  const { description } = lender.lend("shop", { run });
  const shop = borrower.borrow("shop", structuredClone(description)) as { run: typeof run };
  const [first, second] = [new AbortController(), new AbortController()];
  const results: unknown[] = [];
  const both = [shop.run("first", first.signal), shop.run("second", second.signal)];
  for (const result of both) void result.then((value) => results.push(value));
  second.abort();
  await both[1];
  expect(results).toEqual(["second aborted"]);
  first.abort();
  await both[0];
});

test("a signal that was aborted before is aborted there too", async () => {
  const { lender, borrower } = twoSides();
  const { description } = lender.lend("shop", { run: (signal: AbortSignal) => signal.aborted });
  const shop = borrower.borrow("shop", description) as { run(signal: AbortSignal): Promise<boolean> };
  expect(await shop.run(AbortSignal.abort())).toBe(true);
});

test("what was released cannot be called, and nobody has to handle it", async () => {
  const { lender, borrower } = twoSides();
  const { description, release } = lender.lend("shop", { run: () => "done" });
  const shop = borrower.borrow("shop", description) as { run(): Promise<string> };
  release();
  void shop.run();
  await expect(shop.run()).rejects.toThrow("not there any more");
});

test("errors arrive as errors", async () => {
  const { lender, borrower } = twoSides();
  const { description } = lender.lend("shop", { run: () => Promise.reject(new Error("sold out")) });
  const shop = borrower.borrow("shop", description) as { run(): Promise<void> };
  await expect(shop.run()).rejects.toThrow("sold out");
});
