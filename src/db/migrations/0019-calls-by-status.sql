-- With the id, so that a page of one status, and how many there are, are read from the index alone.
drop index calls_by_status;
create index calls_by_status on calls (organization_id, status, created_at desc, id desc);
