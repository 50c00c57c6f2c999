-- A web call is written when its token is made, and belongs to nobody until a browser joins: whichever process takes it up
-- then, or closes it because nobody came, writes its node and this moment in one UPDATE, which only one can win.
alter table calls add column claimed_at timestamptz;
-- what is looked through for calls that nobody joined
create index calls_unclaimed on calls (created_at)
  where direction = 'web' and claimed_at is null and reported_at is null;
