"""Drop and rebuild read models from the events, beside the live ones, and prove that nothing differs.

A new copy is written from the log's beginning while the old one goes on serving. At the end the log is locked
for a moment, the rest is caught up, both copies are compared row for row, and the new one takes its place.
"""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from psycopg import Connection

from projections.copy import ROWS_BUFFERED_MAX, Copy, Log, Progress, pairs_of
from projections.following import WriteReadModel
from projections.read_model import ReadModel, Table
from projections.schema import record_definition
from projections.tenancy import secure

SCHEMA = "rebuild"
REBUILD_LOCK = 7_203_341_002  # any fixed number; every Ballast process uses this one


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
        self._copy = Copy(connection, events, model, SCHEMA)

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
        self._execute(f"create schema if not exists {SCHEMA}")
        self._copy.begin()
        for table in self._model.tables:
            secure(self._connection, table, SCHEMA)
        self._copy.write(self._events.last_number(self._connection), progress)
        self._copy.finish()
        with self._connection.transaction():
            self._execute("lock table stored_events in exclusive mode")
            last = self._events.last_number(self._connection)
            self._copy.write(last, progress)
            if self._model.kind == "following":
                self._bring_live_up_to(last)
            rebuilt = self._compared()
            self._swap()
        return rebuilt

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
        return Rebuilt(self._model.name, self._copy.number, rows, only_live, only_rebuilt)

    def _swap(self) -> None:
        for table in self._model.tables:
            self._execute(f"drop table public.{table.name}")
            self._execute(f"alter table {SCHEMA}.{table.name} set schema public")
        record_definition(self._connection, self._model)

    def _execute(self, statement: str) -> None:
        self._connection.execute(statement)


def _comparison(table: Table) -> str:
    """SQL that counts the rows of both copies that have no equal one."""
    return f"""
        select count(n.here) as rows,
            count(l.here) filter (where not equal) as only_live,
            count(n.here) filter (where not equal) as only_rebuilt
        {pairs_of(table, SCHEMA)}"""
