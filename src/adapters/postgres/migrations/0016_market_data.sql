-- The key of a portfolio's provider, sealed for its name and for the hosts that get to see it.
create table provider_keys (
    portfolio_id uuid not null,
    provider text not null,
    kind text not null,
    hosts text[] not null,
    sealed bytea not null,
    made_at timestamptz not null,
    primary key (portfolio_id, provider)
);

-- Providers that every worker leaves alone for a while: because they said so, or after failures in a row.
create table provider_rests (
    portfolio_id uuid not null,
    provider text not null,
    until timestamptz not null,
    failures integer not null,
    wanted_by_provider boolean not null,
    reason text not null,
    primary key (portfolio_id, provider)
);

-- What providers sent, byte for byte (zlib), also where it could not be read; the same again only moves last_seen.
create table provider_payloads (
    id bigint generated always as identity primary key,
    portfolio_id uuid not null,
    provider text not null,
    topic text not null,
    sha256 bytea not null,
    listing_ids uuid[] not null,
    body bytea not null,
    problem text,
    fetched_at timestamptz not null,
    last_seen timestamptz not null,
    unique (portfolio_id, provider, topic, sha256)
);

-- What one unit of the base cost in the quote currency, once per pair, moment and source.
create table fx_rates (
    base text not null,
    quote text not null,
    as_of timestamptz not null,
    source text not null,
    rate numeric not null,
    quarantined text,
    stored_at timestamptz not null default clock_timestamp(),
    last_seen timestamptz,
    primary key (base, quote, as_of, source)
);

-- Files of the drop folder that were taken in, by their content.
create table taken_files (
    sha256 bytea primary key,
    name text not null,
    taken_at timestamptz not null,
    sentence text not null
);
