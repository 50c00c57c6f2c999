import { expect, test } from "vitest";
import { withFreshRows } from "./cursor-rows.ts";

const row = (id: string, state: string) => ({ id, state });

test("known rows are replaced where they stand, new ones come on top, the cursors stay", () => {
  const before = {
    pageParams: [undefined, "c1"],
    pages: [
      { rows: [row("b", "pending"), row("a", "pending")], next: "c1" },
      { rows: [row("0", "pending")], next: null },
    ],
  };
  const after = withFreshRows(before, [
    row("d", "pending"),
    row("c", "pending"),
    row("0", "delivered"),
    row("b", "delivered"),
  ]);
  expect(after).toEqual({
    pageParams: [undefined, "c1"],
    pages: [
      {
        rows: [row("d", "pending"), row("c", "pending"), row("b", "delivered"), row("a", "pending")],
        next: "c1",
      },
      { rows: [row("0", "delivered")], next: null },
    ],
  });
  expect(before.pages[0]!.rows).toHaveLength(2);
});
