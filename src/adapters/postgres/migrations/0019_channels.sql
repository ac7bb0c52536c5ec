-- Channels of people, their addresses sealed (adapters/channel_seals.py): no events, and exported nowhere.
-- A channel hears what comes after number "since" of the log.
create table channels (
    channel_id uuid primary key,
    owner text not null,
    place integer not null,
    name text not null,
    scheme text not null,
    fingerprint text not null,
    sealed bytea not null,
    severities text[] not null,
    enabled boolean not null,
    since bigint not null,
    made_at timestamptz not null,
    changed_at timestamptz not null,
    constraint channels_name_key unique (owner, name) deferrable initially deferred
);

-- What was sent over which channel, once each; what waits is tried at next_try_at, which each try moves on first.
create table deliveries (
    channel_id uuid not null references channels on delete cascade,
    notification_id uuid not null,
    number bigint not null,
    severity text not null,
    title text not null,
    sentence text not null,
    about text,
    at timestamptz not null,
    tries integer not null default 0,
    next_try_at timestamptz,
    sent_at timestamptz,
    failed_at timestamptz,
    problem text,
    primary key (channel_id, notification_id)
);
create index deliveries_waiting_idx on deliveries (channel_id, next_try_at) where next_try_at is not null;
