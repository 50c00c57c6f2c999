import { expect, test } from "vitest";
import type { Wire } from "../../api/wire.ts";
import { usageCsv } from "./usage-csv.ts";

const log = (name: string | null): Wire<"UsageLog"> => ({
  id: "1",
  created_at: "2026-11-26T12:00:00.000Z",
  call_type: "phone",
  phone_number: "+31850835037",
  agent_name: name,
  business_name: null,
  duration_sec: 65,
});

test.each([
  [null, ""],
  ["Desk", "Desk"],
  ['Say "hi", please', '"Say ""hi"", please"'],
  ["=1+1", "'=1+1"],
  ["+SUM(A1)", "'+SUM(A1)"],
])("an assistant called %j is %j in the file", (name, field) => {
  expect(usageCsv([log(name)])).toBe(
    `id,created_at,call_type,phone_number,agent_name,duration_sec\r\n1,2026-11-26T12:00:00.000Z,phone,+31850835037,${field},65\r\n`,
  );
});
