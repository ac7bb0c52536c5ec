-- Every price as it came, once: (feed, listing, moment, source, close). A feed is 'live' or a replay's id.
create table price_points (
    feed text not null,
    listing_id uuid not null,
    as_of timestamptz not null,
    source text not null,
    is_close boolean not null,
    last numeric,
    bid numeric,
    ask numeric,
    quarantined text,
    stored_at timestamptz not null default clock_timestamp(),
    primary key (feed, listing_id, as_of, source, is_close)
);

-- The newest good price of each listing, which the gate compares with and cards show.
create table latest_prices (
    feed text not null,
    listing_id uuid not null,
    as_of timestamptz not null,
    source text not null,
    is_close boolean not null,
    last numeric,
    bid numeric,
    ask numeric,
    primary key (feed, listing_id)
) with (fillfactor = 70);

-- Ticks at or before a cursor have been decided; an append that decides compares it with what was read.
create table tick_cursors (
    feed text not null,
    listing_id uuid not null,
    as_of timestamptz not null,
    primary key (feed, listing_id)
) with (fillfactor = 70);

-- The feed that a portfolio's positions are decided on.
create function feed_of(clock text, portfolio_id uuid) returns text language sql immutable as
$$ select case clock when 'live' then 'live' else portfolio_id::text end $$;
