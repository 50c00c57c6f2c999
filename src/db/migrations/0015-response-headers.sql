-- Of the answer, as the receiver sent them: where Retry-After and a proxy's name are seen. Null: there was no answer.
alter table webhook_attempts add column response_headers jsonb;
