-- The moment up to which prices of a listing on a feed ('feed/listing'), or exchange rates ('rates'), have been read for
-- something that is kept. What comes about an earlier moment is late.
create table pasts_read (
    subject text primary key,
    read_until timestamptz not null
);

-- What came late, numbered in the order of commits for each subject: its writers wait for one another.
create table late_arrivals (
    subject text not null,
    number bigint generated always as identity,
    about timestamptz not null,
    primary key (subject, number)
);

-- Value histories of portfolios as far as their days are over. Both tables may be emptied at any time.
create table kept_values (
    portfolio_id uuid primary key,
    revision bigint not null,
    known text not null
);

create table kept_value_chapters (
    portfolio_id uuid not null references kept_values on delete cascade,
    month date not null,
    last_day date not null,
    closes text not null,
    standing text,
    primary key (portfolio_id, month)
);
