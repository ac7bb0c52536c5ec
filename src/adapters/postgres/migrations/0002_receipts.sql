-- What a command with an idempotency key answered, written in the command's own transaction.
create table receipts (
    principal text not null,
    key text not null,
    fingerprint text not null,
    status smallint not null,
    body jsonb not null,
    position bigint not null,
    stored_at timestamptz not null default now(),
    primary key (principal, key)
);
