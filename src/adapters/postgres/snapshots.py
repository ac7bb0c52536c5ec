"""Snapshots as they are stored, and the streams that they were taken of."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import scalar_row

from adapters.postgres.mapper import EventMapper, read_state, write_state
from domain.events import Recorded
from domain.streams import STREAM_TYPES, State, StreamType

SHAPES = {each.snapshot_name: each for each in STREAM_TYPES.values()}
"""The shapes of now: what is stored in others is read by nobody."""

PAGE_STREAMS, PAGE_EVENTS = 1_000, 2_000


class PostgresSnapshots:
    """What verifying and mending snapshots need of them."""

    def __init__(self) -> None:
        self._mapper = EventMapper()

    def count(self, connection: Connection[dict[str, Any]]) -> int:
        """How many streams have some."""
        with connection.cursor(row_factory=scalar_row) as cursor:
            cursor.execute(
                "select count(distinct originator_id) from snapshots where topic = any(%s)", (list(SHAPES),)
            )
            return int(cursor.fetchone() or 0)

    def streams(self, connection: Connection[dict[str, Any]]) -> Iterator[UUID]:
        """The streams that have some."""
        after = UUID(int=0)
        with connection.cursor(row_factory=scalar_row) as cursor:
            while page := cursor.execute(
                "select distinct originator_id from snapshots where topic = any(%s) and originator_id > %s"
                " order by originator_id limit %s",
                (list(SHAPES), after, PAGE_STREAMS),
            ).fetchall():
                yield from page
                after = page[-1]

    def of(
        self, connection: Connection[dict[str, Any]], stream_id: UUID
    ) -> list[tuple[int, StreamType[Any]]]:
        """A stream's, by version, and what each says that the stream is."""
        rows = connection.execute(
            "select originator_version as version, topic from snapshots"
            " where originator_id = %s and topic = any(%s) order by originator_version",
            (stream_id, list(SHAPES)),
        ).fetchall()
        return [(row["version"], SHAPES[row["topic"]]) for row in rows]

    def events(
        self, connection: Connection[dict[str, Any]], stream_id: UUID, after: int, up_to: int
    ) -> Iterator[Recorded]:
        """The events of a stream from one version to another, page by page."""
        while rows := connection.execute(
            "select * from stored_events where originator_id = %s and originator_version > %s"
            " and originator_version <= %s order by originator_version limit %s",
            (stream_id, after, up_to, PAGE_EVENTS),
        ).fetchall():
            yield from map(self._mapper.recorded_in, rows)
            after = rows[-1]["originator_version"]

    def stored(self, connection: Connection[dict[str, Any]], stream_id: UUID, version: int) -> bytes:
        """One, as it is stored; empty when it is gone meanwhile."""
        with connection.cursor(row_factory=scalar_row) as cursor:
            cursor.execute(
                "select state from snapshots where originator_id = %s and originator_version = %s",
                (stream_id, version),
            )
            return bytes(cursor.fetchone() or b"")

    def read(self, stream_type: StreamType[Any], stored: bytes) -> State | None:
        """The state in one, None when there is none to be read."""
        try:
            return read_state(stream_type, stored)
        except ValueError:
            return None

    def written(self, state: State) -> bytes:
        """A state as it is stored."""
        return write_state(state)

    def replace(
        self, connection: Connection[dict[str, Any]], stream_id: UUID, version: int, state: State | None
    ) -> None:
        """Put another state in the place of one, or take it away where there is none."""
        place = {"stream": stream_id, "version": version}
        if state is None:
            connection.execute(
                "delete from snapshots where originator_id = %(stream)s and originator_version = %(version)s",
                place,
            )
            return
        connection.execute(
            "update snapshots set state = %(state)s"
            " where originator_id = %(stream)s and originator_version = %(version)s",
            place | {"state": write_state(state)},
        )
