-- People who sign in. What says who they are, and what lets them in, lies here, beside the log: events hold the id.
-- The person at this machine has the id 'local', everybody else a UUID.
create table accounts (
    user_id text primary key,
    name text not null,
    name_key text not null unique,
    password_hash text,
    made_at timestamptz not null
);

-- Who is signed in, by the SHA-256 of the cookie's secret.
create table sign_ins (
    secret_hash bytea primary key,
    user_id text not null references accounts on delete cascade,
    begun_at timestamptz not null,
    seen_at timestamptz not null,
    proven_at timestamptz not null
);
create index sign_ins_user_idx on sign_ins (user_id);
create index sign_ins_begun_idx on sign_ins (begun_at);

-- Tokens of people's programs, by the SHA-256 of the secret.
create table personal_tokens (
    token_id uuid primary key,
    user_id text not null references accounts on delete cascade,
    secret_hash bytea not null unique,
    name text not null,
    scope text not null check (scope in ('read', 'trade')),
    made_at timestamptz not null,
    expires_at timestamptz not null,
    last_used_at timestamptz
);
create index personal_tokens_user_idx on personal_tokens (user_id);
