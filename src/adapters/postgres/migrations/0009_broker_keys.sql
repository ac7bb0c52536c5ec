-- Keys of broker accounts, sealed (adapters/sealing.py). They are no events and are exported nowhere; a portfolio's
-- events name kind, environment and account only. An account belongs to one portfolio.
create table broker_keys (
    portfolio_id uuid primary key,
    kind text not null,
    environment text not null,
    account text not null,
    sealed bytea not null,
    callback_secret_sealed bytea not null,
    previous_callback_secret_sealed bytea,
    previous_callback_secret_until timestamptz,
    made_at timestamptz not null,
    replaced_at timestamptz,
    constraint broker_keys_account_key unique (kind, environment, account)
);
