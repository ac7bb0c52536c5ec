"""Write every read model anew beside the live one, for one moment of both, and name the rows that differ.

It is one transaction that sees one moment and is rolled back: nothing waits for it, and nothing is left behind.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from psycopg import Connection

from domain.audit.difference import TOLD_MAX, Difference, Differences
from domain.policy import canonical
from projections.copy import Copy, Log, Progress, pairs_of
from projections.read_model import EVENT_NUMBER, ReadModel, Table

SCRATCH = "pg_temp"

Row = Mapping[str, Any]


def compare(
    connection: Connection[dict[str, Any]], events: Log, model: ReadModel, progress: Progress
) -> Differences:
    """Where a read model's live rows differ from what the events say; of a following one, as far as it has come."""
    differences = Differences()
    with connection.transaction(force_rollback=True):
        connection.execute("set transaction isolation level repeatable read")
        copy = Copy(connection, events, model, SCRATCH)
        copy.begin()
        copy.write(_reached(connection, events, model), progress)
        copy.finish()
        for table in model.tables:
            for difference in _differences(connection, table):
                differences.note(difference)
    return differences


def _reached(connection: Connection[dict[str, Any]], events: Log, model: ReadModel) -> int:
    if model.kind == "inline":
        return events.last_number(connection)
    row = connection.execute("select number from followers where name = %s", (model.name,)).fetchone()
    return int(row["number"]) if row else 0


def _differences(connection: Connection[dict[str, Any]], table: Table) -> Iterator[Difference]:
    rows = connection.execute(
        f"select (case when l.here then to_jsonb(l) end)::text as live,"
        f" (case when n.here then to_jsonb(n) end)::text as new, {', '.join(table.key)}"
        f" {pairs_of(table, SCRATCH)} where not equal order by {', '.join(table.key)} limit {TOLD_MAX}"
    ).fetchall()
    for row in rows:
        key = ", ".join(f"{column}={row[column]}" for column in table.key)
        live, new = _columns(row["live"]), _columns(row["new"])
        number = (new or live).get(EVENT_NUMBER) or (live or new).get(EVENT_NUMBER)
        apart = _apart(live, new)
        yield Difference(
            None if number is None else int(number),
            table.name,
            _told(new, apart),
            _told(live, apart),
            is_content=True,
            key=key,
        )


def _columns(text: str | None) -> dict[str, Any]:
    return {} if text is None else json.loads(text, parse_float=Decimal, parse_int=Decimal)


def _apart(live: Row, new: Row) -> Callable[[str], bool]:
    """Which columns are worth telling: those that differ, or all but ``here`` where one side has no such row."""
    return lambda column: column != "here" and (not live or not new or live[column] != new[column])


def _told(row: Row, apart: Callable[[str], bool]) -> str | None:
    return canonical({column: value for column, value in row.items() if apart(column)}) if row else None
