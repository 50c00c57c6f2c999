import { describe, expect, test } from "vitest";
import type { CallReport } from "./call-report.ts";
import { renderReport } from "./report-email.ts";

const report: CallReport = {
  callId: "0192f0c1-0000-7000-8000-000000000001",
  direction: "inbound",
  customerNumber: "+31612345678",
  ownNumber: "+31850835037",
  ownNumberName: "Front desk",
  assistantName: "Desk",
  businessName: "Acme & Sons",
  status: "ended",
  endReason: "user_hangup",
  error: null,
  createdAt: "2026-11-24T04:00:00.000Z",
  startedAt: "2026-11-24T04:00:05.250Z",
  endedAt: "2026-11-24T04:03:30.250Z",
  durationSeconds: 205,
  content: {
    summary: "Ada asked when we close.",
    analysis: {
      satisfied: true,
      caller: { name: "Ada", tags: ["new", "vip"] },
      orders: [{ item: "roses" }],
      none: null,
    },
    messages: [
      { role: "system", content: "You are the desk's assistant." },
      { role: "assistant", content: "Hello, how can I help?" },
      { role: "user", content: "When do you close?\nToday?" },
    ],
  },
};

describe("renderReport", () => {
  test.each<[string, Partial<CallReport>, string]>([
    ["answered", {}, "+31612345678 called Front desk (+31850835037): 3 min 25 s, the caller hung up"],
    [
      "seconds only",
      { durationSeconds: 7 },
      "+31612345678 called Front desk (+31850835037): 7 s, the caller hung up",
    ],
    [
      "withheld, a number without a name",
      { customerNumber: null, ownNumberName: null, assistantName: null },
      "a withheld number called +31850835037: 3 min 25 s, the caller hung up",
    ],
    [
      "never answered",
      { startedAt: null, durationSeconds: 0, endReason: "user_cancelled" },
      "+31612345678 called Front desk (+31850835037): not answered, the caller gave up before the answer",
    ],
    [
      "failed: the error says more",
      { status: "ended-with-error", endReason: "error", error: "STT connection failed" },
      "+31612345678 called Front desk (+31850835037): 3 min 25 s, STT connection failed",
    ],
    [
      "outbound",
      { direction: "outbound", endReason: "user_hangup" },
      "Front desk (+31850835037) called +31612345678: 3 min 25 s, the other side hung up",
    ],
    [
      "from the web",
      {
        direction: "web",
        customerNumber: null,
        ownNumber: null,
        ownNumberName: null,
        endReason: "max_duration",
      },
      "A visitor called Desk from the web: 3 min 25 s, the longest duration was reached",
    ],
    [
      "a reason that is not known yet, and a name with a line break",
      { endReason: "consent_declined", ownNumberName: "Desk\r\nBcc: x@y.nl" },
      "+31612345678 called Desk Bcc: x@y.nl (+31850835037): 3 min 25 s, consent declined",
    ],
  ])("subject: %s", (_name, change, subject) => {
    expect(renderReport({ ...report, ...change }).subject).toBe(subject);
  });

  test("a subject has an end", () => {
    const { subject } = renderReport({ ...report, status: "ended-with-error", error: "x".repeat(500) });
    expect(subject).toHaveLength(150);
    expect(subject).toMatch(/…$/);
  });

  test("as text", () => {
    expect(renderReport(report).text).toBe(`\
Call:      +31612345678 called Front desk (+31850835037)
Assistant: Desk, Acme & Sons
Began:     2026-11-24 04:00:05 UTC
Length:    3 min 25 s
End:       the caller hung up
Call ID:   0192f0c1-0000-7000-8000-000000000001

Summary
-------
Ada asked when we close.

Analysis
--------
satisfied:     yes
caller.name:   Ada
caller.tags:   new, vip
orders.0.item: roses
none:          –

Transcript
----------
Assistant: Hello, how can I help?

Caller: When do you close?
Today?

--${" "}
Sent because this address is in the assistant's notification_email or notification_emails.
`);
  });

  test("as HTML it says the same, and nothing of it is markup", () => {
    const hostile = `<img src=x onerror="alert('1')"> & </td>`;
    const { html } = renderReport({
      ...report,
      ownNumberName: hostile,
      error: hostile,
      content: {
        summary: hostile,
        analysis: { [hostile]: hostile },
        messages: [{ role: hostile, content: hostile }],
      },
    });
    expect(html).not.toContain("<img");
    expect(
      html.split("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; &lt;/td&gt;"),
    ).toHaveLength(9);
    const plain = renderReport(report).html;
    for (const part of [
      "Acme &amp; Sons",
      "caller.tags",
      "new, vip",
      "Ada asked when",
      "When do you close?\nToday?",
    ]) {
      expect(plain).toContain(part);
    }
    expect(plain).not.toContain("You are the desk");
  });

  test("leaves the colours to the reader's program, and says that it may", () => {
    const { html } = renderReport(report);
    expect(html).toContain(`<meta name="color-scheme" content="light dark">`);
    expect(html).not.toMatch(/background|bgcolor/i);
    expect(new Set(html.match(/[^-]color:\s*[^;"]+/g))).toEqual(new Set([";color:#767676"]));
  });

  test("in GDPR mode tells that a call took place, and no more", () => {
    const { subject, text, html } = renderReport({ ...report, content: null });
    expect(subject).toContain("+31612345678 called");
    for (const body of [text, html]) {
      expect(body).toContain("GDPR mode");
      expect(body).not.toMatch(/Summary|Transcript|Analysis<|roses/);
    }
  });

  test("without analysis and words has no empty sections", () => {
    const { text, html } = renderReport({
      ...report,
      content: { summary: "", analysis: null, messages: [] },
    });
    for (const body of [text, html]) {
      expect(body).toContain("Nothing was said.");
      expect(body).not.toMatch(/Summary|Analysis/);
    }
  });
});
