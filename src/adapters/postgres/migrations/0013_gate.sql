-- What the gate remembers of a listing beside its last good price: since when it has been these very numbers, where
-- its trading day began and when that ends, and the spread of the hour before (domain.quality.last_good).
alter table latest_prices add unchanged_since timestamptz, add day_until timestamptz, add day_before numeric,
    add day_before_at timestamptz, add sigma numeric;

-- Prices that were stopped and wait for a person, or were settled by one. In price_points they are marked with the
-- rule, until somebody releases them.
create table quarantine (
    entry bigint generated always as identity,
    feed text not null,
    listing_id uuid not null,
    as_of timestamptz not null,
    source text not null,
    is_close boolean not null,
    price numeric,
    rule text not null,
    observed text not null,
    expected text not null,
    last_good numeric,
    last_good_at timestamptz,
    stored_at timestamptz not null default clock_timestamp(),
    outcome text,
    reason text,
    settled_at timestamptz,
    primary key (feed, listing_id, as_of, source, is_close)
);
create index quarantine_waiting on quarantine (entry) where outcome is null;
create index quarantine_of_listing on quarantine (feed, listing_id, rule) where outcome is null;

insert into quarantine (feed, listing_id, as_of, source, is_close, price, rule, observed, expected, stored_at)
select feed, listing_id, as_of, source, is_close, coalesce(last, (bid + ask) / 2), quarantined,
    coalesce(last, (bid + ask) / 2)::text, 'another price', stored_at
from price_points where quarantined is not null order by stored_at;
