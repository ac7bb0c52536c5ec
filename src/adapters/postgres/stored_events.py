"""The event log, read: streams as they stand, what came since, and the whole log page by page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg import Connection

from adapters.postgres.mapper import EventMapper, read_state
from adapters.postgres.pool import Pool
from application.ports import KnownStream, Snapshot
from domain.events import Recorded
from domain.streams import StreamType

NEWEST = 2**62

TAIL = """
    select e.* from unnest(%s::uuid[], %s::bigint[]) as known (id, version)
    join stored_events e on e.originator_id = known.id and e.originator_version > known.version
    order by e.originator_id, e.originator_version"""

# Snapshots are the rows without a number.
SINCE = """
    with known as (
        select wanted.id, coalesce(s.originator_version, wanted.version) as version, wanted.shape, s.state
        from unnest(%(ids)s::uuid[], %(versions)s::bigint[], %(shapes)s::text[]) as wanted (id, version, shape)
        left join lateral (
            select originator_version, state from snapshots
            where wanted.version = 0 and originator_id = wanted.id and topic = wanted.shape
            order by originator_version desc limit 1) s on true)
    select id as originator_id, version as originator_version, shape as topic, state, null as notification_id
    from known where state is not null
    union all
    select e.originator_id, e.originator_version, e.topic, e.state, e.notification_id
    from known join stored_events e on e.originator_id = known.id and e.originator_version > known.version
    order by originator_id, originator_version"""

NEWEST_OF = """
    select e.* from unnest(%s::uuid[]) as wanted (id) cross join lateral (
        select * from stored_events where originator_id = wanted.id and topic = %s
        order by originator_version desc limit 1) e"""


class StoredEvents:
    """The part of the application's EventLog that reads. A person reads the streams that they may see."""

    def __init__(self, pool: Pool, mapper: EventMapper) -> None:
        self._pool = pool
        self._mapper = mapper

    def since(self, known: Sequence[KnownStream]) -> tuple[list[Snapshot], list[Recorded]]:
        """See application.ports.EventLog."""
        if not known:
            return [], []
        types = {each.stream_id: each.stream_type for each in known}
        parameters = {
            "ids": [each.stream_id for each in known],
            "versions": [each.version for each in known],
            "shapes": [each.stream_type.snapshot_name for each in known],
        }
        with self._pool.connection() as connection:
            rows = connection.execute(SINCE, parameters).fetchall()
        begun = [_snapshot(types, row) for row in rows if row["notification_id"] is None]
        return begun, [self._mapper.recorded_in(row) for row in rows if row["notification_id"] is not None]

    def newest(self, stream_id: UUID, name: str) -> Recorded | None:
        """The newest event of a stored name in a stream."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select * from stored_events where originator_id = %s and topic = %s"
                " order by originator_version desc limit 1",
                (stream_id, name),
            ).fetchone()
        return self._mapper.recorded_in(row) if row else None

    def newest_of(self, stream_ids: Sequence[UUID], name: str) -> list[Recorded]:
        """The newest event of a stored name in each of these streams that has one."""
        with self._pool.connection() as connection:
            rows = connection.execute(NEWEST_OF, (list(stream_ids), name)).fetchall()
        return [self._mapper.recorded_in(row) for row in rows]

    def events_of(
        self, stream_id: UUID, names: Sequence[str], naming: str | None = None, after: int = 0
    ) -> list[Recorded]:
        """See application.ports.EventLog. Looking for bytes is much quicker than reading every event."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                "select * from stored_events where originator_id = %(stream)s and originator_version > %(after)s"
                " and topic = any(%(names)s)"
                " and (%(naming)b::bytea is null or position(%(naming)b::bytea in state) > 0)"
                " order by originator_version",
                {
                    "stream": stream_id,
                    "after": after,
                    "names": list(names),
                    "naming": None if naming is None else naming.encode(),
                },
            ).fetchall()
        return [self._mapper.recorded_in(row) for row in rows]

    def tail(self, known: Iterable[tuple[UUID, int]]) -> list[Recorded]:
        """Events after the versions known, stream by stream."""
        ids, versions = zip(*known, strict=True)
        with self._pool.connection() as connection:
            rows = connection.execute(TAIL, (list(ids), list(versions))).fetchall()
        return [self._mapper.recorded_in(row) for row in rows]

    def read(
        self,
        connection: Connection[dict[str, Any]],
        after: int,
        limit: int,
        up_to: int = NEWEST,
        topics: Sequence[str] | None = None,
    ) -> list[Recorded]:
        """A page of the whole log in its order, or of some kinds of event only."""
        rows = connection.execute(
            "select * from stored_events where notification_id > %(after)s and notification_id <= %(up_to)s"
            " and (%(topics)s::text[] is null or topic = any(%(topics)s)) order by notification_id limit %(limit)s",
            {"after": after, "up_to": up_to, "limit": limit, "topics": topics},
        ).fetchall()
        return [self._mapper.recorded_in(row) for row in rows]

    def read_all(
        self,
        connection: Connection[dict[str, Any]],
        after: int,
        up_to: int,
        topics: Sequence[str] | None = None,
        page_size: int = 2_000,
    ) -> Iterator[Recorded]:
        """The log from one number to another, page by page in flat memory."""
        while page := self.read(connection, after, page_size, up_to, topics):
            yield from page
            after = page[-1].number

    def last_number(self, connection: Connection[dict[str, Any]]) -> int:
        """The number of the newest event that this connection sees, 0 for an empty log."""
        row = connection.execute(
            "select coalesce(max(notification_id), 0) as n from stored_events"
        ).fetchone()
        return int(row["n"]) if row else 0


def _snapshot(types: Mapping[UUID, StreamType[Any]], row: Mapping[str, Any]) -> Snapshot:
    stream_id = row["originator_id"]
    stream_type = types[stream_id]
    return Snapshot(stream_type, stream_id, row["originator_version"], read_state(stream_type, row["state"]))
