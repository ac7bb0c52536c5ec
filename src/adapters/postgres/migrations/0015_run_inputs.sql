-- What runs were worked out from, each content once under the SHA-256 of its canonical JSON. Kept for a while only:
-- the hash stays in the run's event for good.
create table run_inputs (
    hash text primary key,
    content text not null,
    stored_at timestamptz not null
);
create index run_inputs_stored_at_idx on run_inputs (stored_at);

-- The key of the advisory lock that is held while a run is carried out.
create function lock_of_run(run_id uuid) returns bigint language sql immutable as
$$ select hashtextextended('run ' || run_id::text, 0) $$;

-- Whether anybody holds it, in any session of this database.
create function run_is_attended(run_id uuid) returns boolean language sql stable as
$$ select exists (
    select from pg_locks where locktype = 'advisory' and objsubid = 1 and granted
        and database = (select oid from pg_database where datname = current_database())
        and (classid::bigint << 32 | objid::bigint) = lock_of_run(run_id)
) $$;
