"""A copy of a read model, written from the log's beginning into a schema of its own beside the live one."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol
from uuid import UUID

from psycopg import Connection

from domain.events import Recorded
from domain.streams import State, fold
from projections.changes import Changes
from projections.read_model import ReadModel, Table

ROWS_BUFFERED_MAX = 5_000
EVENTS_BETWEEN_REPORTS = 2_000

Progress = Callable[[int, int], None]
"""Called with (events done, events in all)."""


class Log(Protocol):
    """What writing a copy needs of the event log."""

    def last_number(self, connection: Connection[dict[str, Any]]) -> int: ...

    def read_all(
        self,
        connection: Connection[dict[str, Any]],
        after: int,
        up_to: int,
        topics: Sequence[str] | None = None,
    ) -> Iterator[Recorded]: ...


class Copy:
    """Writes the copy; memory grows with the number of streams for models that need their states."""

    def __init__(
        self, connection: Connection[dict[str, Any]], events: Log, model: ReadModel, schema: str
    ) -> None:
        self._connection = connection
        self._events = events
        self._model = model
        self._schema = schema
        self._changes = Changes(model.tables)
        self._states: dict[UUID, State] = {}
        self.number = 0

    def begin(self) -> None:
        """Make the tables, empty."""
        for table in self._model.tables:
            self._connection.execute(f"drop table if exists {self._schema}.{table.name}")
            for statement in table.create(self._schema):
                self._connection.execute(statement)
        self._make_keys(early=True)

    def write(self, up_to: int, progress: Progress) -> None:
        """Go on up to an event of the log."""
        with self._connection.cursor() as cursor:
            heard = self._events.read_all(self._connection, self.number, up_to, self._model.topics)
            for count, recorded in enumerate(heard, start=1):
                self._changes.take(self._model.rows(recorded, self._state_after(recorded)))
                if len(self._changes) >= ROWS_BUFFERED_MAX:
                    self._changes.write(cursor, self._schema)
                if count % EVENTS_BETWEEN_REPORTS == 0:
                    progress(recorded.number, up_to)
            self._changes.write(cursor, self._schema)
        self.number = up_to
        progress(up_to, up_to)

    def finish(self) -> None:
        """Make the keys that could wait until the tables were full."""
        self._make_keys(early=False)

    def _make_keys(self, *, early: bool) -> None:
        """Tables that merge by key need it from the start, the others get theirs when they are full."""
        for table in self._model.tables:
            if (table.mode == "append") is not early:
                for statement in table.create_keys(self._schema):
                    self._connection.execute(statement)

    def _state_after(self, recorded: Recorded) -> State | None:
        if not self._model.needs_state:
            return None
        state = fold(self._states.get(recorded.stream_id), recorded.event, recorded.stream_id)
        self._states[recorded.stream_id] = state
        return state


def pairs_of(table: Table, schema: str) -> str:
    """SQL that pairs the rows of both copies by their key: ``l`` is live, ``n`` the new one, ``equal`` says whether.

    ``here`` is null on the side that has no such row.
    """
    live = ", ".join(f"l.{column}" for column in table.columns)
    new = ", ".join(f"n.{column}" for column in table.columns)
    return f"""
        from (select true as here, * from public.{table.name}) as l
        full join (select true as here, * from {schema}.{table.name}) as n using ({", ".join(table.key)})
        cross join lateral (
            select coalesce(l.here and n.here, false) and ({live}) is not distinct from ({new})
        ) as pair (equal)"""
