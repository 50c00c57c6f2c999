-- What lists, searches and figures over many calls read, so that a hundred thousand of them are no different from a hundred.

-- The same index with what lists filter and figures count by: neither looks at a call's row, which is long.
drop index calls_by_organization;
create index calls_by_organization on calls (organization_id, created_at desc, id desc)
  include (status, direction, assistant_id, number_id, caller_number, called_number, started_at, ended_at);

-- How long callers waited, a row a turn: percentiles are taken over any period. Nothing personal is in it.
create table call_turns (
  organization_id uuid not null references organizations on delete cascade,
  at timestamptz not null,
  total_ms real not null,
  stt_final_ms real not null,
  end_of_turn_wait_ms real not null,
  tool_ms real not null,
  llm_first_token_ms real not null,
  tts_first_audio_ms real not null,
  playout_start_ms real not null,
  -- Drawn at random: a few lots are a fair sample of many turns, and an index finds them.
  lot smallint not null default floor(random() * 256)
);
create index call_turns_by_lot on call_turns (organization_id, lot, at)
  include (total_ms, stt_final_ms, end_of_turn_wait_ms, tool_ms, llm_first_token_ms, tts_first_audio_ms, playout_start_ms);

-- The words of summaries and transcripts, for the search; content, and forgotten with it.
create table call_words (
  call_id uuid primary key references calls on delete cascade,
  organization_id uuid not null,
  words tsvector not null
);
create index call_words_by_word on call_words using gin (words);

-- Shown beside each endpoint; only what has failed for good is in it.
create index webhook_deliveries_exhausted on webhook_deliveries (endpoint_id, finished_at) where state = 'exhausted';

-- What callers waited for, without looking at what they did not.
create index webhook_events_synchronous on webhook_events (organization_id, type, created_at desc) where sequence is null;
