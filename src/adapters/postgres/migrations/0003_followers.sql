-- How far each follower of the log has come; written in the same transaction as its rows.
create table followers (
    name text primary key,
    number bigint not null
);

-- Portfolios that a follower has stopped for, because one of their events could not be digested.
create table parked (
    follower text not null,
    portfolio text not null,
    number bigint not null,
    problem text not null,
    parked_at timestamptz not null default now(),
    primary key (follower, portfolio)
);

-- Each read model's definition as it was last created, so that a changed one is rebuilt.
create table read_models (
    name text primary key,
    definition text not null
);

-- Journal entries balance: a table constraint of the journal read model.
create function lines_balance(lines jsonb) returns boolean language sql immutable as
$$ select coalesce(sum((line ->> 'amount')::numeric), 0) = 0 from jsonb_array_elements(lines) line $$;
