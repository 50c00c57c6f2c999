import { expect, test } from "vitest";
import { createAllowedMethods } from "./allowed-methods.ts";

const methods = createAllowedMethods();
methods.add("POST", "/a");
methods.add("GET", "/a");
methods.add("GET", "/a/:id");
methods.add("GET", "/a/fixed");

test.each([
  ["/a", ["GET", "POST"]],
  ["/a/", ["GET", "POST"]],
  ["/a/x", ["GET"]],
  ["/a/x%2Fy", ["GET"]],
  ["/a/fixed", ["GET"]],
  ["/a//", []],
  ["/a/x/y", []],
  ["/b", []],
  ["/", []],
])("%s takes %j", (path, expected) => {
  expect(methods.of(path)).toEqual(expected);
});
