"""Drop and rebuild read models from the events, beside the live ones, and prove that nothing differs.

A new copy is written from the log's beginning while the old one goes on serving. At the end the log is locked
for a moment, the rest is caught up, both copies are compared row for row, and the new one takes its place.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol
from uuid import UUID

from psycopg import Connection

from domain.events import Recorded
from domain.streams import State, fold
from projections.changes import Changes
from projections.following import WriteReadModel
from projections.read_model import ReadModel, Table
from projections.schema import record_definition

SCHEMA = "rebuild"
REBUILD_LOCK = 7_203_341_002  # any fixed number; every Ballast process uses this one
ROWS_BUFFERED_MAX = 5_000
EVENTS_BETWEEN_REPORTS = 2_000

Progress = Callable[[int, int], None]
"""Called with (events done, events in all)."""


class Log(Protocol):
    """What a rebuild needs of the event log."""

    def last_number(self, connection: Connection[dict[str, Any]]) -> int: ...

    def read_all(
        self,
        connection: Connection[dict[str, Any]],
        after: int,
        up_to: int,
        topics: Sequence[str] | None = None,
    ) -> Iterator[Recorded]: ...


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild found: rows that only the live copy had, and rows that only the new one has."""

    name: str
    events: int
    rows: int
    only_live: int
    only_rebuilt: int

    @property
    def equal(self) -> bool:
        """Whether the live read model was row for row what the events say."""
        return not self.only_live and not self.only_rebuilt


class Rebuild:
    """Rebuilds one read model; memory grows with the number of streams for models that need their states."""

    def __init__(self, connection: Connection[dict[str, Any]], events: Log, model: ReadModel) -> None:
        self._connection = connection
        self._events = events
        self._model = model
        self._changes = Changes(model.tables)
        self._states: dict[UUID, State] = {}
        self._number = 0

    def run(self, progress: Progress) -> Rebuilt:
        """Write the new copy, compare it with the live one, and put it in its place.

        Rebuilds wait for one another, whichever process runs them.
        """
        self._execute("set lock_timeout = 0")
        self._execute(f"select pg_advisory_lock({REBUILD_LOCK})")
        try:
            return self._run(progress)
        finally:
            if not self._connection.closed:
                self._execute(f"select pg_advisory_unlock({REBUILD_LOCK})")
                self._execute("reset lock_timeout")

    def _run(self, progress: Progress) -> Rebuilt:
        self._begin()
        self._write(self._events.last_number(self._connection), progress)
        self._make_keys(early=False)
        with self._connection.transaction():
            self._execute("lock table stored_events in exclusive mode")
            last = self._events.last_number(self._connection)
            self._write(last, progress)
            if self._model.kind == "following":
                self._bring_live_up_to(last)
            rebuilt = self._compared()
            self._swap()
        return rebuilt

    def _begin(self) -> None:
        self._execute(f"create schema if not exists {SCHEMA}")
        for table in self._model.tables:
            self._execute(f"drop table if exists {SCHEMA}.{table.name}")
            for statement in table.create(SCHEMA):
                self._execute(statement)
        self._make_keys(early=True)

    def _make_keys(self, *, early: bool) -> None:
        """Tables that merge by key need it from the start, the others get theirs when they are full."""
        for table in self._model.tables:
            if (table.mode == "append") is not early:
                for statement in table.create_keys(SCHEMA):
                    self._execute(statement)

    def _write(self, up_to: int, progress: Progress) -> None:
        with self._connection.cursor() as cursor:
            heard = self._events.read_all(self._connection, self._number, up_to, self._model.topics)
            for count, recorded in enumerate(heard, start=1):
                self._changes.take(self._model.rows(recorded, self._state_after(recorded)))
                if len(self._changes) >= ROWS_BUFFERED_MAX:
                    self._changes.write(cursor, SCHEMA)
                if count % EVENTS_BETWEEN_REPORTS == 0:
                    progress(recorded.number, up_to)
            self._changes.write(cursor, SCHEMA)
        self._number = up_to
        progress(up_to, up_to)

    def _state_after(self, recorded: Recorded) -> State | None:
        if not self._model.needs_state:
            return None
        state = fold(self._states.get(recorded.stream_id), recorded.event, recorded.stream_id)
        self._states[recorded.stream_id] = state
        return state

    def _bring_live_up_to(self, last: int) -> None:
        """Take over from the live model's follower, whose position stays locked until the swap is done."""
        name = self._model.name
        row = self._connection.execute(
            "select number from followers where name = %s for update", (name,)
        ).fetchone()
        followed = row["number"] if row else 0
        handler = WriteReadModel(self._model)
        missed = self._events.read_all(self._connection, followed, last, self._model.topics)
        while batch := list(islice(missed, ROWS_BUFFERED_MAX)):
            handler.handle(self._connection, batch)
        self._connection.execute(
            "insert into followers (name, number) values (%s, %s)"
            " on conflict (name) do update set number = excluded.number",
            (name, last),
        )
        self._connection.execute("delete from parked where follower = %s", (name,))

    def _compared(self) -> Rebuilt:
        rows = only_live = only_rebuilt = 0
        for table in self._model.tables:
            found = self._connection.execute(_comparison(table)).fetchone()
            if found:
                rows += found["rows"]
                only_live += found["only_live"]
                only_rebuilt += found["only_rebuilt"]
        return Rebuilt(self._model.name, self._number, rows, only_live, only_rebuilt)

    def _swap(self) -> None:
        for table in self._model.tables:
            self._execute(f"drop table public.{table.name}")
            self._execute(f"alter table {SCHEMA}.{table.name} set schema public")
        record_definition(self._connection, self._model)

    def _execute(self, statement: str) -> None:
        self._connection.execute(statement)


def _comparison(table: Table) -> str:
    """SQL that pairs the rows of both copies by their key and counts those without an equal one."""
    live = ", ".join(f"l.{column}" for column in table.columns)
    new = ", ".join(f"n.{column}" for column in table.columns)
    return f"""
        select count(n.here) as rows,
            count(l.here) filter (where not equal) as only_live,
            count(n.here) filter (where not equal) as only_rebuilt
        from (select true as here, * from public.{table.name}) as l
        full join (select true as here, * from {SCHEMA}.{table.name}) as n using ({", ".join(table.key)})
        cross join lateral (
            select coalesce(l.here and n.here, false) and ({live}) is not distinct from ({new})
        ) as pair (equal)"""
