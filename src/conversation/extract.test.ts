import { expect, test } from "vitest";
import { extractSummary, toSpeech } from "./extract.ts";

const asked = { role: "user", content: "Do you have a “red” one?" } as const;
const answered = { role: "assistant", content: "I will ask." } as const;

test("an extract says that it is one; spoken, it is the words alone", () => {
  const extract = extractSummary([{ role: "system", content: "Be brief." }, asked, answered]);
  expect(extract).toBe(
    "Extract (no language model was used): The caller said: “Do you have a “red” one?” The assistant said last: “I will ask.”",
  );
  expect(toSpeech(extract)).toBe(
    "The caller said: Do you have a red one? The assistant said last: I will ask.",
  );
  expect(toSpeech(extractSummary([]))).toBe("nothing was said.");
  expect(toSpeech("**He** wants _one_.")).toBe("He wants one.");
});
