"""What the doctor says of backups: how the latest went."""

from collections.abc import Iterator

import psycopg
from psycopg.rows import dict_row

from api.cli.finding import Finding
from projections import runs


def latest_backup(database_url: str) -> Iterator[Finding]:
    """How the latest went; nothing while the database is away or has not been made."""
    try:
        with psycopg.connect(database_url, connect_timeout=5, row_factory=dict_row) as connection:
            run = runs.latest_of_house(connection, "backup")
    except psycopg.Error:
        return
    if run is None:
        yield Finding("backup", "none yet", "log")
        return
    failed = run["status"] == "failed"
    at = f"{run['ended_at']:%Y-%m-%d %H:%M} UTC"
    yield Finding(
        "backup", "failed" if failed else run["summary"], f"log, {at}", run["summary"] if failed else None
    )
