-- When the log was verified and what it came to; no read model, since no event tells of it: looking changes nothing.
create table verifications (
    ended_at timestamptz primary key,
    events bigint not null,
    chain_head text,
    decisions bigint not null,
    differences integer not null
);
