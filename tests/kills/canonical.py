"""What a data folder holds, in a form in which two runs of one replay are the same text.

Ids are drawn anew in every run, so each is replaced by the order in which the log first names it; the moments
at which something happened to be stored are left out, and so are runs: what one began and died over, another
finishes. Everything else has to be equal, byte for byte.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from adapters.embedded.servers import open_servers
from projections.catalogue import READ_MODELS

UUID_FORM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
STORED = ("price_points", "latest_prices", "quarantine", "tick_cursors", "paper_orders", "receipts")
WALL_CLOCK = ["recorded_at", "stored_at", "last_seen", "submitted_at", "changed_at"]
RUN = "run_id"
ENTRY = "entry"  # leaves gaps where something was rolled back
REPORTED_SOON = "done"  # of a paper order: marked after its booking, perhaps a second later by the sweep


def canonical(data: Path) -> str:
    """The events, then every table that a replay writes, a row a line."""
    with (
        open_servers(data, None, None, what="a comparison") as servers,
        psycopg.connect(servers.database_url) as connection,
    ):
        events = "\n".join(_events(connection))
        names = _Names()
        parts = [names.replaced(events)]
        for table in (*(table.name for model in READ_MODELS for table in model.tables), *STORED):
            rows = sorted(names.replaced(row) for row in _rows(connection, table))
            parts.append("\n".join(f"{table} {row}" for row in rows))
    return "\n".join(parts) + "\n"


class _Names:
    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def replaced(self, text: str) -> str:
        """The text with every id as ``#1``, ``#2`` … by first appearance."""
        return UUID_FORM.sub(lambda found: self._known.setdefault(found[0], f"#{len(self._known) + 1}"), text)


def _events(connection: psycopg.Connection[Any]) -> Iterator[str]:
    query = (
        "select notification_id, originator_id, originator_version, topic, convert_from(state, 'UTF8')"
        " from stored_events order by notification_id"
    )
    for number, stream, version, topic, state in connection.execute(query):
        envelope = json.loads(state)
        del envelope["meta"]["recorded_at"]
        envelope["meta"].pop(RUN, None)
        yield f"{number} {topic} {stream} {version} {json.dumps(envelope, sort_keys=True)}"


def _rows(connection: psycopg.Connection[Any], table: str) -> list[str]:
    query = SQL("select (to_jsonb(t) - %s::text[])::text from {} t").format(Identifier(table))
    return [row[0] for row in connection.execute(query, ([*WALL_CLOCK, REPORTED_SOON, RUN, ENTRY],))]
