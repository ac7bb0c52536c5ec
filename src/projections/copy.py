"""A copy of a read model in a schema of its own beside the live one: its tables, and rows on their way into them."""

from typing import Any
from uuid import UUID

from psycopg import Connection, Cursor

from domain.events import Recorded
from domain.streams import State
from projections.changes import Changes
from projections.read_model import ReadModel, Table

ROWS_BUFFERED_MAX = 5_000


class Copy:
    """The copy. Where a stream has one row, that is only made of the last event before the rows are written."""

    def __init__(self, connection: Connection[dict[str, Any]], model: ReadModel, schema: str) -> None:
        self.model = model
        self._connection = connection
        self._schema = schema
        self._changes = Changes(model.tables)
        self._latest: dict[UUID, tuple[Recorded, State | None]] = {}

    def begin(self) -> None:
        """Make the tables, empty."""
        for table in self.model.tables:
            self._connection.execute(f"drop table if exists {self._schema}.{table.name}")
            for statement in table.create(self._schema):
                self._connection.execute(statement)
        self._make_keys(early=True)

    def take(self, recorded: Recorded, state: State | None) -> None:
        """Take in an event that the model hears."""
        if self.model.one_row_a_stream:
            self._latest[recorded.stream_id] = recorded, state
        else:
            self._changes.take(self.model.rows(recorded, state))

    @property
    def is_full(self) -> bool:
        """Whether so many rows wait that they should be written."""
        return len(self._changes) + len(self._latest) >= ROWS_BUFFERED_MAX

    def write(self, cursor: Cursor[Any]) -> None:
        """Write the rows that wait."""
        for recorded, state in self._latest.values():
            self._changes.take(self.model.rows(recorded, state))
        self._latest.clear()
        self._changes.write(cursor, self._schema)

    def finish(self) -> None:
        """Make the keys that could wait until the tables were full."""
        self._make_keys(early=False)

    def _make_keys(self, *, early: bool) -> None:
        """Tables that merge by key need it from the start, the others get theirs when they are full."""
        for table in self.model.tables:
            if (table.mode == "append") is not early:
                for statement in table.create_keys(self._schema):
                    self._connection.execute(statement)


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
