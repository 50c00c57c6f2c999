import { sql } from "kysely";
import type { Queryable } from "../db/database.ts";
import type { Call } from "./call.ts";
import { isInGdprMode } from "./gdpr-mode.ts";

/** PostgreSQL keeps a megabyte of words for a text and refuses more: a report must not fail for a long call. */
const MOST_CHARACTERS = 200_000;

/** Makes a call findable by what was said in it, in the transaction of its report. */
export async function saveWords(tx: Queryable, call: Call): Promise<void> {
  if (isInGdprMode(call.configuration)) return;
  const said = call.messages.filter(({ role }) => role !== "system").map(({ content }) => content);
  const text = [call.summary ?? "", ...said].join(" ").replaceAll("\u0000", "").trim();
  if (text === "") return;
  await sql`
    insert into call_words (call_id, organization_id, words)
    values (${call.id}, ${call.organizationId}, to_tsvector('simple', ${text.slice(0, MOST_CHARACTERS)}))
    on conflict (call_id) do nothing
  `.execute(tx);
}

export async function forgetWords(tx: Queryable, callIds: readonly string[]): Promise<void> {
  await tx.deleteFrom("call_words").where("call_id", "in", callIds).execute();
}
