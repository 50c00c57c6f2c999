import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderSdkTypes, SDK_TYPES_URL } from "../../scripts/sdk-types.ts";

test("the library's types say what the OpenAPI document says; npm run sdk:types writes them", async () => {
  expect(readFileSync(SDK_TYPES_URL, "utf8")).toBe(await renderSdkTypes());
});
