"""Write read models anew beside the live ones, for one moment of both, and name the rows that differ.

It is one transaction that sees one moment and is rolled back: nothing waits for it, and nothing is left behind.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from psycopg import Connection

from domain.audit.difference import TOLD_MAX, Difference
from domain.policy import canonical
from projections.copies import Copies, Log, Progress
from projections.copy import pairs_of
from projections.read_model import EVENT_NUMBER, ReadModel, Table

SCRATCH = "pg_temp"

Row = Mapping[str, Any]


def compare(
    connection: Connection[dict[str, Any]], events: Log, models: Sequence[ReadModel], progress: Progress
) -> list[Difference]:
    """Where live rows differ from what the events say, model by model; of a following one, as far as it has come."""
    with connection.transaction(force_rollback=True):
        connection.execute("set transaction isolation level repeatable read")
        reached = {model.name: _reached(connection, events, model) for model in models}
        copies = Copies(connection, events, models, SCRATCH)
        copies.begin()
        for model in sorted(models, key=lambda model: reached[model.name]):
            copies.write(reached[model.name], progress)
            copies.finish(model)
            copies.part_with(model)
        found: list[Difference] = []
        for model in models:
            progress(model.name, 0, reached[model.name])
            found += islice(_differences(connection, model), TOLD_MAX)
            progress(model.name, reached[model.name], reached[model.name])
    return found


def _reached(connection: Connection[dict[str, Any]], events: Log, model: ReadModel) -> int:
    if model.kind == "inline":
        return events.last_number(connection)
    row = connection.execute("select number from followers where name = %s", (model.name,)).fetchone()
    return int(row["number"]) if row else 0


def _differences(connection: Connection[dict[str, Any]], model: ReadModel) -> Iterator[Difference]:
    for table in model.tables:
        yield from _of_table(connection, table)


def _of_table(connection: Connection[dict[str, Any]], table: Table) -> Iterator[Difference]:
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
