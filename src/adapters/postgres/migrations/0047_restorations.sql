-- When this database was filled from a backup. From then on it is read only, until it has been verified and compared
-- with its brokers (ADR 45). `ballast restore` makes the table itself in a backup of a time before there was one.
create table if not exists restorations (
    restored_at timestamptz primary key,
    file text not null,
    verified_at timestamptz,
    lifted_at timestamptz
);
