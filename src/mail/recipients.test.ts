import { describe, expect, test } from "vitest";
import { recipientsOf } from "./recipients.ts";

describe("recipientsOf", () => {
  test.each<[string, Record<string, unknown> | null, string[]]>([
    ["no configuration", null, []],
    ["neither field", {}, []],
    ["nulls", { notification_email: null, notification_emails: null }, []],
    ["one", { notification_email: "a@x.nl" }, ["a@x.nl"]],
    ["several", { notification_emails: ["a@x.nl", "b@x.nl"] }, ["a@x.nl", "b@x.nl"]],
    [
      "both, the single one first, duplicates once",
      { notification_email: "a@x.nl", notification_emails: ["b@x.nl", "A@X.nl", "b@x.nl"] },
      ["a@x.nl", "b@x.nl"],
    ],
    [
      "at most five",
      {
        notification_email: "0@x.nl",
        notification_emails: ["1@x.nl", "2@x.nl", "3@x.nl", "4@x.nl", "5@x.nl"],
      },
      ["0@x.nl", "1@x.nl", "2@x.nl", "3@x.nl", "4@x.nl"],
    ],
    ["blanks around one", { notification_email: " a@x.nl " }, ["a@x.nl"]],
    [
      "nothing that could be a header or a second address",
      {
        notification_email: "a@x.nl\nBcc: b@x.nl",
        notification_emails: ["a@x.nl,b@x.nl", "x", 7, null, "<a@x.nl>"],
      },
      [],
    ],
    ["a text where a list belongs", { notification_emails: "a@x.nl" }, []],
  ])("%s", (_name, configuration, expected) => {
    expect(recipientsOf(configuration)).toEqual(expected);
  });
});
