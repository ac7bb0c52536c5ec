-- Callbacks by their webhook id: a replay answers 200 and does nothing.
create table callbacks (
    webhook_id text primary key,
    received_at timestamptz not null default clock_timestamp(),
    body text not null,
    problem text
);
