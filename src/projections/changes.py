"""Rows on their way into tables: gathered per table and merged by its mode before they are written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from psycopg import Cursor
from psycopg.adapt import Dumper

from domain.numbers import exactly
from projections.read_model import Expired, Row, RowOf, Table


class RawJson(Dumper):
    """Hands JSON that is written already to PostgreSQL as it is."""

    def dump(self, obj: msgspec.Raw) -> bytes:
        return bytes(obj)


EXPIRED = "expired"
"""Beside the rows by table name: by table name up to when what is done with is taken away."""


@dataclass(slots=True)
class _Step:
    """Rows by table, in the order in which the tables came, and what is taken away after they are written."""

    appended: dict[str, list[Row]] = field(default_factory=dict)
    merged: dict[str, dict[Any, Row]] = field(default_factory=dict)
    expired: dict[str, datetime] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(map(len, self.appended.values())) + sum(map(len, self.merged.values()))

    def per_table(self) -> list[tuple[str, Sequence[Row]]]:
        merged = [(name, list(rows.values())) for name, rows in self.merged.items()]
        return [*self.appended.items(), *merged]


class Changes:
    """The rows that some events cause, at most one per key for tables that replace or add."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._steps = [_Step()]
        self._tables = {table.name: table for table in tables}

    def __len__(self) -> int:
        """How many rows wait to be written."""
        return sum(map(len, self._steps))

    def take(self, rows: Iterable[RowOf]) -> None:
        """Gather rows, merging those of one key; what comes after rows were taken away is another step."""
        step = self._steps[-1]
        for table, row in rows:
            if isinstance(row, Expired):
                step.expired[table.name] = max(row.before, step.expired.get(table.name, row.before))
                continue
            if step.expired:
                step = _Step()
                self._steps.append(step)
            if table.mode == "append":
                step.appended.setdefault(table.name, []).append(row)
                continue
            merged = step.merged.setdefault(table.name, {})
            key = table.key_in(row)
            known = merged.get(key)
            merged[key] = row if known is None or table.mode == "replace" else _added(table, known, row)

    def as_json(self) -> bytes:
        """All rows as one JSON object of arrays by table name, for the inline function.

        Raises ValueError when something follows what takes rows away: that belongs into another append.
        """
        [step, *others] = self._steps
        if others:
            raise ValueError("in one append nothing comes after rows were taken away")
        content: dict[str, object] = {
            name: _records(self._tables[name], rows) for name, rows in step.per_table()
        }
        if step.expired:
            content[EXPIRED] = step.expired
        return msgspec.json.encode(content, enc_hook=str)

    def write(self, cursor: Cursor[Any], schema: str = "public") -> None:
        """Write everything through one cursor and forget it: COPY what is appended, merge the rest."""
        for step in self._steps:
            for name, rows in step.per_table():
                self._write(cursor, self._tables[name], schema, rows)
            for name, before in step.expired.items():
                cursor.execute(self._tables[name].expire("%s", schema), (before,))
        self._steps = [_Step()]

    def _write(self, cursor: Cursor[Any], table: Table, schema: str, rows: Sequence[Row]) -> None:
        if table.mode == "append":
            self._copy(cursor, table, schema, rows)
            return
        source = f"jsonb_populate_recordset(null::{schema}.{table.name}, %s::jsonb)"
        encoded = msgspec.json.encode(_records(table, rows), enc_hook=str)
        cursor.execute(table.merge(source, schema), (encoded.decode(),))

    @staticmethod
    def _copy(cursor: Cursor[Any], table: Table, schema: str, rows: Sequence[Row]) -> None:
        columns = ", ".join(table.columns)
        cursor.adapters.register_dumper(msgspec.Raw, RawJson)
        with cursor.copy(f"copy {schema}.{table.name} ({columns}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)


@exactly
def _added(table: Table, known: Row, more: Row) -> Row:
    return tuple(
        old if column in table.key else old + new
        for column, old, new in zip(table.columns, known, more, strict=True)
    )


def _records(table: Table, rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, row, strict=True)) for row in rows]
