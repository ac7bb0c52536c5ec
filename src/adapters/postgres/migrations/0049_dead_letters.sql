-- Jobs that failed until they were given up, each with the ids it was asked with and no contents. What asks for a job
-- asks again and again: the same job that fails again is the same letter.
create table dead_letters (
    id uuid primary key,
    job text not null,
    arguments jsonb not null,
    error text not null,
    failures integer not null default 1,
    first_failed_at timestamptz not null,
    last_failed_at timestamptz not null,
    settled_at timestamptz,
    settled_by text,
    settled_as text check (settled_as in ('retried', 'dismissed'))
);
create unique index dead_letters_waiting on dead_letters (job, md5(arguments::text)) where settled_at is null;
create index dead_letters_latest on dead_letters (last_failed_at);
