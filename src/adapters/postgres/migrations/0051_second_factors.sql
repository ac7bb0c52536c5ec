-- What people prove a second time who they are with: the secret of their one-time codes, sealed. It counts once a code
-- of it has been given; last_step is the half minute of the newest code that was used.
create table second_factors (
    user_id text primary key references accounts on delete cascade,
    sealed bytea not null,
    begun_at timestamptz not null,
    confirmed_at timestamptz,
    last_step bigint not null default 0
);

-- What is left for who loses the device, by SHA-256; each goes when it is used.
create table recovery_codes (
    user_id text not null references second_factors on delete cascade,
    code_hash bytea not null,
    primary key (user_id, code_hash)
);
