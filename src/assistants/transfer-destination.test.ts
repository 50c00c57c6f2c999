import { expect, test } from "vitest";
import { findDestination } from "./transfer-destination.ts";

const destinations = [
  { number: "+31850835037", description: "Sales", message: undefined, warm: undefined },
  { number: "sip:desk@pbx.example", description: "The desk", message: undefined, warm: undefined },
  { number: "+31850835038", description: "", message: undefined, warm: undefined },
];

test.each([
  ["+31850835037", "Sales"],
  ["31 85 083 50 37", "Sales"],
  ["sales", "Sales"],
  ["SIP:desk@pbx.example", "The desk"],
  ["the desk", "The desk"],
  ["+31850835039", undefined],
  ["", undefined],
  [" ", undefined],
  ["+", undefined],
])("a model that says %j means %j", (given, description) => {
  expect(findDestination(destinations, given)?.description).toBe(description);
});
