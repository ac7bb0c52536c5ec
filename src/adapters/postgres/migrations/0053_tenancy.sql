-- Row-level security: what people see through ballast_tenant, a role that owns nothing and that their transactions enter
-- (adapters/postgres/pool.py). Each table is one of three: it has a policy; it holds nothing of anybody and is shown
-- whole; or that role may not touch it at all, which is what a table is that nobody says anything of.

-- What each table shows to a person: the policy's condition, 'true' for a table that is shown whole, and what else
-- than selecting the role may do. Read models' tables say it in their own files.
create table tenancy (
    table_name text primary key,
    visible text not null,
    changes text not null
);

-- The portfolios of the person whom the transaction acts for. It reads past the policies, which call it.
create function my_portfolios() returns uuid[] language plpgsql stable parallel safe security definer
set search_path = public, pg_temp as
$$ begin
    return (select coalesce(array_agg(portfolio_id), '{}') from portfolio_members
        where member = current_setting('ballast.person', true) and present);
end $$;

-- Whom the transaction acts for: nobody is ''.
create function acting_person() returns text language sql stable parallel safe as
$$ select coalesce(current_setting('ballast.person', true), '') $$;

-- Whether a stream of the log is of one of that person's portfolios, that person's own, or of what belongs to nobody.
create function shows_stream(id uuid) returns boolean language plpgsql stable parallel safe security definer
set search_path = public, pg_temp as
$$ begin
    return exists (select from streams
        where stream_id = id and (portfolio_id = any (my_portfolios())
            or portfolio_id is null and (owner is null or owner = acting_person())));
end $$;

-- Whether one of that person's portfolios has or had a policy of this hash.
create function shows_policy(wanted text) returns boolean language plpgsql stable parallel safe security definer
set search_path = public, pg_temp as
$$ begin
    return exists (select from policy_steps where policy_hash = wanted and portfolio_id = any (my_portfolios()));
end $$;

-- Lets ballast_tenant do what is said of a table. Without that role nothing is granted; a later start does it.
create function grant_to_tenants(relation regclass, changes text) returns void language plpgsql as
$$ begin
    if exists (select from pg_roles where rolname = 'ballast_tenant') then
        execute format('revoke all on %s from ballast_tenant', relation);
        execute format('grant select%s on %s to ballast_tenant', coalesce(', ' || nullif(changes, ''), ''), relation);
    end if;
end $$;

-- Says what a table shows, and makes it so.
create function show_to_tenants(relation regclass, condition text, also text default '') returns void
language plpgsql as
$$ declare
    called text := (select relname from pg_class where oid = relation);
begin
    insert into tenancy (table_name, visible, changes) values (called, condition, also)
    on conflict (table_name) do update set visible = excluded.visible, changes = excluded.changes;
    execute format('drop policy if exists of_tenants on %s', relation);
    if condition = 'true' then
        execute format('alter table %s disable row level security', relation);
    else
        execute format('alter table %s enable row level security', relation);
        execute format('create policy of_tenants on %s using (%s)', relation, condition);
    end if;
    perform grant_to_tenants(relation, also);
end $$;

select show_to_tenants('stored_events', 'shows_stream(originator_id)');
select show_to_tenants('snapshots', 'shows_stream(originator_id)');
select show_to_tenants('export_progress', 'shows_stream(run_id)');
select show_to_tenants('receipts', 'principal = (select acting_person())');
select show_to_tenants('archives', 'shows_policy(content_hash)');

select show_to_tenants(relation, 'feed = ''live'' or feed = any ((select my_portfolios())::text[])')
from unnest('{price_points,latest_prices,tick_cursors,quarantine}'::regclass[]) as relation;

select show_to_tenants(
    relation, 'portfolio_id = any ((select my_portfolios())::uuid[])', 'insert, update, delete'
)
from unnest(
    '{import_previews,broker_keys,provider_keys,kept_values,kept_value_chapters}'::regclass[]
) as relation;

select show_to_tenants('provider_rests', 'portfolio_id = any ((select my_portfolios())::uuid[])', 'delete');
select show_to_tenants('notification_reads', 'principal = (select acting_person())', 'insert, update');
select show_to_tenants('channels', 'owner = (select acting_person())', 'insert, update, delete');
select show_to_tenants(
    'deliveries', 'exists (select from channels c where c.channel_id = deliveries.channel_id)', 'update'
);
