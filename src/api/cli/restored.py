"""What the doctor says of a database that was restored and is read only."""

from collections.abc import Iterator

import psycopg
from psycopg.rows import dict_row

from adapters.postgres.restorations import pending
from api.cli.finding import Finding

VERIFY = "run ballast verify"
COMPARE = "it is not compared yet with every broker: start it, and see GET /alerts"


def restored(database_url: str) -> Iterator[Finding]:
    """That it waits, and for what; nothing when it does not, or while the database is away or has not been made."""
    try:
        with psycopg.connect(database_url, connect_timeout=5, row_factory=dict_row) as connection:
            waiting = pending(connection)
    except psycopg.Error:
        return
    if waiting is not None:
        at = f"{waiting.restored_at:%Y-%m-%d %H:%M} UTC"
        yield Finding(
            "restored", f"from {waiting.file}, read only", at, COMPARE if waiting.verified_at else VERIFY
        )
