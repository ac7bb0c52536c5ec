"""Inline read models: their rows go into the database with the events, by one server-side function.

The function does everything an append needs in one round trip under the log's table lock: guards, events,
read models, snapshots, the receipt, brokers' messages, and the notification of followers. Its text is assembled
from the models' tables, so that nothing but a model's own file knows its columns.
"""

from collections.abc import Sequence

from domain.events import Event, Recorded
from domain.streams import State
from projections.changes import EXPIRED, Changes
from projections.read_model import EVENT_NUMBER, ReadModel

APPEND_FUNCTION = """
create or replace function append_events(
    ids uuid[], versions bigint[], topics text[], states bytea[],
    guard_ids uuid[], guard_versions bigint[],
    rows jsonb,
    snapshot_ids uuid[], snapshot_versions bigint[], snapshot_topics text[], snapshot_states bytea[],
    receipt jsonb,
    cursor_feed text, cursor_listings uuid[], cursors_from timestamptz[], cursors_to timestamptz[],
    messages jsonb
) returns bigint language plpgsql security definer set search_path = public, pg_temp as $body$
declare
    base bigint;
    settled_messages bigint;
begin
    lock table stored_events in exclusive mode;
    if exists (
        select from unnest(guard_ids, guard_versions) as guard (id, version)
        join stored_events e on e.originator_id = guard.id and e.originator_version > guard.version
    ) then
        raise exception 'a stream that was read has moved on' using errcode = 'BL001';
    end if;
    if cardinality(cursor_listings) > 0 then
        if exists (
            select from unnest(cursor_listings, cursors_from) as moved (listing_id, was)
            left join tick_cursors c on c.feed = cursor_feed and c.listing_id = moved.listing_id
            where c.as_of is distinct from moved.was
        ) then
            raise exception 'a cursor has moved on' using errcode = 'BL001';
        end if;
        insert into tick_cursors (feed, listing_id, as_of)
        select cursor_feed, moved.* from unnest(cursor_listings, cursors_to) as moved
        on conflict (feed, listing_id) do update set as_of = excluded.as_of;
    end if;
    if messages is not null then
        insert into inbox (source, id, portfolio_id, position_id, body, note, received_at, booked_at, problem,
            attempts, next_try_at)
        select m.source, m.id, m.portfolio_id, m.position_id, decode(m.body, 'base64'), m.note, m.received_at,
            m.booked_at, m.problem, m.attempts, m.next_try_at
        from jsonb_to_recordset(messages -> 'new') as m (source text, id text, portfolio_id uuid,
            position_id uuid, body text, note text, received_at timestamptz, booked_at timestamptz,
            problem text, attempts integer, next_try_at timestamptz);
        update inbox i set position_id = m.position_id, booked_at = m.booked_at, problem = m.problem,
            attempts = m.attempts, next_try_at = m.next_try_at
        from jsonb_to_recordset(messages -> 'waiting') as m (number bigint, position_id uuid,
            booked_at timestamptz, problem text, attempts integer, next_try_at timestamptz)
        where i.number = m.number and i.booked_at is null and i.attempts = m.attempts - 1;
        get diagnostics settled_messages = row_count;
        if settled_messages < jsonb_array_length(messages -> 'waiting') then
            raise exception 'a message was settled by somebody else' using errcode = 'BL001';
        end if;
    end if;
    select coalesce(max(notification_id), 0) into base from stored_events;
    insert into stored_events (originator_id, originator_version, topic, state, notification_id)
    select id, version, topic, state, base + ordinal
    from unnest(ids, versions, topics, states) with ordinality as event (id, version, topic, state, ordinal);
    {models}
    if cardinality(snapshot_ids) > 0 then
        insert into snapshots (originator_id, originator_version, topic, state)
        select * from unnest(snapshot_ids, snapshot_versions, snapshot_topics, snapshot_states)
        on conflict do nothing;
    end if;
    if receipt is not null then
        insert into receipts (principal, key, fingerprint, status, body, position)
        select r.principal, r.key, r.fingerprint, r.status, r.body, base + cardinality(ids)
        from jsonb_populate_record(null::receipts, receipt) r;
    end if;
    if cardinality(ids) > 0 then
        perform pg_notify('ballast_events', (base + cardinality(ids))::text);
    end if;
    return base + cardinality(ids);
end
$body$
"""


def append_function(models: Sequence[ReadModel]) -> str:
    """The SQL that makes the append function for these inline models."""
    tables = [table for model in models for table in model.tables]
    writes = []
    for table in tables:
        source = f"jsonb_populate_recordset(null::{table.name}, rows -> '{table.name}')"
        merge = table.merge(source, number=f"base + {EVENT_NUMBER} + 1")
        writes.append(f"if rows ? '{table.name}' then {merge}; end if;")
    for table in (table for table in tables if table.expires):
        before = f"rows #>> '{{{EXPIRED},{table.name}}}'"
        writes.append(f"if {before} is not null then {table.expire(f'({before})')}; end if;")
    return APPEND_FUNCTION.replace("{models}", "\n    ".join(writes))


class InlineModels:
    """Turns the events of one append, with their streams' states after them, into the rows they imply."""

    def __init__(self, models: Sequence[ReadModel]) -> None:
        self._hearing: dict[type[Event], list[ReadModel]] = {}
        for model in models:
            for event_type in model.hears:
                self._hearing.setdefault(event_type, []).append(model)
        self._tables = [table for model in models for table in model.tables]

    def rows(self, events: Sequence[Recorded], states: Sequence[State]) -> bytes:
        """The rows as JSON for the append function; event numbers in them count from 0."""
        changes = Changes(self._tables)
        for recorded, state in zip(events, states, strict=True):
            for model in self._hearing.get(type(recorded.event), ()):
                changes.take(model.rows(recorded, state))
        return changes.as_json()
