-- Everything that brokers say, kept until it is booked and after: callbacks and messages of streams. A message's
-- id is unique within its source; what could not be booked says why and is tried again at next_try_at, or never.
create table inbox (
    number bigint generated always as identity primary key,
    source text not null,
    id text not null,
    portfolio_id uuid,
    position_id uuid,
    body bytea not null,
    note text,
    received_at timestamptz not null,
    booked_at timestamptz,
    problem text,
    attempts integer not null default 0,
    next_try_at timestamptz,
    constraint inbox_source_id_key unique (source, id)
);
create index inbox_waiting_idx on inbox (next_try_at) where booked_at is null and next_try_at is not null;
create index inbox_position_idx on inbox (position_id) where booked_at is null and next_try_at is not null;

insert into inbox (source, id, body, received_at, booked_at, problem, next_try_at)
select 'callback', webhook_id, convert_to(body, 'UTF8'), received_at,
    case when problem is null then received_at end, problem, case when problem is not null then now() end
from callbacks order by received_at;
drop table callbacks;

-- The append function takes messages too, so its former shape goes.
drop function if exists append_events(
    uuid[], bigint[], text[], bytea[], uuid[], bigint[], jsonb, uuid[], bigint[], text[], bytea[], jsonb,
    text, uuid[], timestamptz[], timestamptz[]
);
