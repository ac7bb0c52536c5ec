"""Drop and rebuild read models from the events, beside the live ones, and prove that nothing differs.

New copies are written in one reading of the log while the old ones go on serving. At the end of each the log is locked
for a moment, the rest is caught up, both copies are compared row for row, and the new one takes its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from psycopg import Connection

from projections.copies import Copies, Log, Progress
from projections.copy import ROWS_BUFFERED_MAX, pairs_of
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
    """Rebuilds read models; memory grows with the number of streams for models that need their states."""

    def __init__(
        self, connection: Connection[dict[str, Any]], events: Log, models: Sequence[ReadModel]
    ) -> None:
        self._connection = connection
        self._events = events
        self._models = models
        self._copies = Copies(connection, events, models, SCHEMA)

    def run(self, progress: Progress) -> list[Rebuilt]:
        """Write new copies, compare each with the live one, and put it in its place.

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

    def _run(self, progress: Progress) -> list[Rebuilt]:
        self._execute(f"create schema if not exists {SCHEMA}")
        self._copies.begin()
        for table in chain.from_iterable(model.tables for model in self._models):
            secure(self._connection, table, SCHEMA)
        self._copies.write(self._events.last_number(self._connection), progress)
        for model in self._models:
            self._copies.finish(model)
        return [self._replaced(model, progress) for model in self._models]

    def _replaced(self, model: ReadModel, progress: Progress) -> Rebuilt:
        """Swap one model. What came while others were swapped is written before the log is locked."""
        progress(model.name, 0, self._copies.number)
        self._copies.write(self._events.last_number(self._connection), progress)
        with self._connection.transaction():
            self._execute("lock table stored_events in exclusive mode")
            last = self._events.last_number(self._connection)
            self._copies.write(last, progress)
            if model.kind == "following":
                self._bring_live_up_to(model, last)
            rebuilt = self._compared(model, last)
            self._swap(model)
        self._copies.part_with(model)
        progress(model.name, last, last)
        return rebuilt

    def _bring_live_up_to(self, model: ReadModel, last: int) -> None:
        """Take over from the live model's follower, whose position stays locked until the swap is done."""
        row = self._connection.execute(
            "select number from followers where name = %s for update", (model.name,)
        ).fetchone()
        followed = row["number"] if row else 0
        handler = WriteReadModel(model)
        missed = self._events.read_all(self._connection, followed, last, model.topics)
        while batch := list(islice(missed, ROWS_BUFFERED_MAX)):
            handler.handle(self._connection, batch)
        self._connection.execute(
            "insert into followers (name, number) values (%s, %s)"
            " on conflict (name) do update set number = excluded.number",
            (model.name, last),
        )
        self._connection.execute("delete from parked where follower = %s", (model.name,))

    def _compared(self, model: ReadModel, last: int) -> Rebuilt:
        rows = only_live = only_rebuilt = 0
        for table in model.tables:
            found = self._connection.execute(_comparison(table)).fetchone()
            if found:
                rows += found["rows"]
                only_live += found["only_live"]
                only_rebuilt += found["only_rebuilt"]
        return Rebuilt(model.name, last, rows, only_live, only_rebuilt)

    def _swap(self, model: ReadModel) -> None:
        for table in model.tables:
            self._execute(f"drop table public.{table.name}")
            self._execute(f"alter table {SCHEMA}.{table.name} set schema public")
        record_definition(self._connection, model)

    def _execute(self, statement: str) -> None:
        self._connection.execute(statement)


def _comparison(table: Table) -> str:
    """SQL that counts the rows of both copies that have no equal one."""
    return f"""
        select count(n.here) as rows,
            count(l.here) filter (where not equal) as only_live,
            count(n.here) filter (where not equal) as only_rebuilt
        {pairs_of(table, SCHEMA)}"""
