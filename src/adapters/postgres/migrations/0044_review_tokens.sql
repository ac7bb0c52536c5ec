-- Tokens that were set aside for, or spent on, the reviews of a day (UTC).
create table review_tokens (
    day date primary key,
    tokens bigint not null check (tokens >= 0)
);
