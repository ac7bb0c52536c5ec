-- The hash of each event, over the one before it and the event as it is stored. No read model: it is never rebuilt,
-- since a new chain over a changed log would prove nothing.
create table audit_chain (
    number bigint primary key,
    hash bytea not null check (length(hash) = 32)
);
