-- Brokers' files as they were previewed, each row as it stood. The event of an import names its preview by its id.
create table import_previews (
    import_id uuid primary key,
    portfolio_id uuid not null,
    file_name text not null,
    sha256 text not null,
    statement text not null,
    books_at bigint not null,
    stored_at timestamptz not null default clock_timestamp()
);
