"""Rows on their way into tables: gathered per table and merged by its mode before they are written."""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

import msgspec
from psycopg import Cursor
from psycopg.adapt import Dumper

from domain.numbers import exactly
from projections.read_model import Row, RowOf, Table

Key = Callable[[Row], Any]


class RawJson(Dumper):
    """Hands JSON that is written already to PostgreSQL as it is."""

    def dump(self, obj: msgspec.Raw) -> bytes:
        return bytes(obj)


class Changes:
    """The rows that some events cause, at most one per key for tables that replace or add."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._appended: dict[str, list[Row]] = {}
        self._merged: dict[str, dict[Any, Row]] = {}
        self._tables = {table.name: table for table in tables}
        self._keys: dict[str, Key] = {
            table.name: itemgetter(*(list(table.columns).index(column) for column in table.key))
            for table in self._tables.values()
        }

    def __len__(self) -> int:
        """How many rows wait to be written."""
        return sum(map(len, self._appended.values())) + sum(map(len, self._merged.values()))

    def take(self, rows: Iterable[RowOf]) -> None:
        """Gather rows, merging those of one key."""
        for table, row in rows:
            if table.mode == "append":
                self._appended.setdefault(table.name, []).append(row)
                continue
            merged = self._merged.setdefault(table.name, {})
            key = self._keys[table.name](row)
            known = merged.get(key)
            merged[key] = row if known is None or table.mode == "replace" else _added(table, known, row)

    def as_json(self) -> bytes:
        """All rows as one JSON object of arrays by table name, for the inline function."""
        return msgspec.json.encode(
            {name: _records(self._tables[name], rows) for name, rows in self._per_table()}, enc_hook=str
        )

    def write(self, cursor: Cursor[Any], schema: str = "public") -> None:
        """Write everything through one cursor and forget it: COPY what is appended, merge the rest."""
        for name, rows in self._per_table():
            table = self._tables[name]
            if table.mode == "append":
                self._copy(cursor, table, schema, rows)
            else:
                source = f"jsonb_populate_recordset(null::{schema}.{table.name}, %s::jsonb)"
                encoded = msgspec.json.encode(_records(table, rows), enc_hook=str)
                cursor.execute(table.merge(source, schema), (encoded.decode(),))
        self._appended.clear()
        self._merged.clear()

    def _per_table(self) -> list[tuple[str, Sequence[Row]]]:
        merged = [(name, list(rows.values())) for name, rows in self._merged.items()]
        return [*self._appended.items(), *merged]

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
