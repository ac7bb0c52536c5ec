-- When each portfolio's books were compared with its broker's, and what was found. What follows from it is events.
create table reconciliations (
    portfolio_id uuid not null,
    began_at timestamptz not null,
    ended_at timestamptz not null default clock_timestamp(),
    clean boolean not null,
    found text[] not null,
    primary key (portfolio_id, began_at)
);
