-- Keeps chapters of a value history in the place of those from their first month on, in one question; does nothing when
-- somebody has kept some since a revision. A crash may lose what was kept last: nobody waits for the disk.
create function keep_values(
    of_portfolio uuid, since_revision bigint, now_known text,
    months date[], last_days date[], told text[], standings text[], standings_kept integer
) returns void language plpgsql as
$$ begin
    set local synchronous_commit = off;
    if since_revision = 0 then
        insert into kept_values (portfolio_id, revision, known) values (of_portfolio, 1, now_known)
        on conflict do nothing;
    else
        update kept_values set revision = revision + 1, known = now_known
        where portfolio_id = of_portfolio and revision = since_revision;
    end if;
    if not found then
        return;
    end if;
    delete from kept_value_chapters where portfolio_id = of_portfolio and month >= months[1];
    insert into kept_value_chapters (portfolio_id, month, last_day, closes, standing)
    select of_portfolio, * from unnest(months, last_days, told, standings);
    update kept_value_chapters set standing = null
    where portfolio_id = of_portfolio and standing is not null and month < (
        select min(newest.month) from (
            select month from kept_value_chapters where portfolio_id = of_portfolio and standing is not null
            order by month desc limit standings_kept) as newest);
end $$;
