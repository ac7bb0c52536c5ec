-- What lay in a portfolio's folder of policy files when it was last tried, whatever came of it.
create table policy_files (
    name text primary key,
    sha256 bytea not null,
    tried_at timestamptz not null
);
