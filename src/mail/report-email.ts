import { escapeHtml } from "./escape-html.ts";
import type { CallContent, CallReport } from "./call-report.ts";
import { CLOSING, factsOf, rowsOf, spokenOf, subjectOf, WITHHELD } from "./report-words.ts";

export interface RenderedEmail {
  subject: string;
  text: string;
  html: string;
}

/** A call's report as an e-mail. Pure: the same report is always the same e-mail, byte for byte. */
export function renderReport(report: CallReport): RenderedEmail {
  return { subject: subjectOf(report), text: renderText(report), html: renderHtml(report) };
}

function renderText(report: CallReport): string {
  const { content } = report;
  const blocks = [table(factsOf(report))];
  if (content === null) blocks.push(WITHHELD);
  else {
    if (content.summary !== "") blocks.push(section("Summary", content.summary));
    if (content.analysis) blocks.push(section("Analysis", table(rowsOf(content.analysis))));
    const lines = spokenOf(content, report.direction).map(
      (message) => `${message.speaker}: ${message.words}`,
    );
    blocks.push(section("Transcript", lines.join("\n\n") || "Nothing was said."));
  }
  // "-- " is where mail programs know a signature to begin (RFC 3676, 4.3).
  return `${blocks.join("\n\n")}\n\n-- \n${CLOSING}\n`;
}

function section(title: string, body: string): string {
  return `${title}\n${"-".repeat(title.length)}\n${body}`;
}

function table(rows: readonly [string, string][]): string {
  const width = Math.max(...rows.map(([label]) => label.length)) + 1;
  return rows.map(([label, value]) => `${`${label}:`.padEnd(width)} ${value}`).join("\n");
}

// No colour of text or background is set: the reader's program knows best whether it is night. The one grey that is
// used is readable on white and on black (4.5 to 1 on both). Styles are written at each element, because many programs drop <style>.
const GREY = "#767676";
const CELL = `padding:4px 12px 4px 0;vertical-align:top;text-align:left;border-bottom:1px solid ${GREY}`;
const LABEL = `${CELL};font-weight:normal;color:${GREY};white-space:nowrap`;
const HEADING = "font-size:16px;margin:24px 0 8px";
const PARAGRAPH = "margin:0 0 12px;white-space:pre-wrap;overflow-wrap:anywhere";

function renderHtml(report: CallReport): string {
  const { content } = report;
  return [
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">`,
    `<title>${escapeHtml(subjectOf(report))}</title></head>`,
    `<body style="margin:0;padding:16px;font-family:system-ui,sans-serif;font-size:15px;line-height:1.45">`,
    `<div style="max-width:640px;margin:0 auto">`,
    htmlTable(factsOf(report)),
    ...(content === null
      ? [`<p style="${PARAGRAPH};margin-top:16px">${escapeHtml(WITHHELD)}</p>`]
      : htmlContent(report, content)),
    `<p style="margin:24px 0 0;font-size:12px;color:${GREY}">${escapeHtml(CLOSING)}</p>`,
    `</div></body></html>\n`,
  ].join("\n");
}

function htmlContent(report: CallReport, content: CallContent): string[] {
  const { summary, analysis } = content;
  const spoken = spokenOf(content, report.direction).map(
    ({ speaker, words }) =>
      `<p dir="auto" style="${PARAGRAPH}"><strong>${escapeHtml(speaker)}</strong><br>${escapeHtml(words)}</p>`,
  );
  return [
    ...(summary === ""
      ? []
      : [heading("Summary"), `<p dir="auto" style="${PARAGRAPH}">${escapeHtml(summary)}</p>`]),
    ...(analysis ? [heading("Analysis"), htmlTable(rowsOf(analysis))] : []),
    heading("Transcript"),
    ...(spoken.length > 0 ? spoken : [`<p style="${PARAGRAPH}">Nothing was said.</p>`]),
  ];
}

function heading(title: string): string {
  return `<h2 style="${HEADING}">${escapeHtml(title)}</h2>`;
}

function htmlTable(rows: readonly [string, string][]): string {
  const lines = rows.map(
    ([label, value]) =>
      `<tr><th scope="row" style="${LABEL}">${escapeHtml(label)}</th>` +
      `<td dir="auto" style="${CELL};white-space:pre-wrap;overflow-wrap:anywhere">${escapeHtml(value)}</td></tr>`,
  );
  return `<table style="border-collapse:collapse;width:100%">${lines.join("")}</table>`;
}
