-- Policies (canonical JSON) and manifestos by the SHA-256 of their content. Events name them by these hashes.
create table archives (
    content_hash text primary key,
    content text not null,
    stored_at timestamptz not null default clock_timestamp()
);
