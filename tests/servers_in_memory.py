"""Tests keep their servers' files in memory where there is room: nothing of them need outlive the machine."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg.sql import SQL, Composed, Identifier

from adapters.embedded.servers import Servers, open_servers

MEMORY = Path("/dev/shm")  # noqa: S108  # a fresh folder in it that nobody else may open
ROOM_BYTES_MIN = 4 * 2**30
"""What the write-ahead log of one server may grow to, and its databases, with room to spare."""


@contextmanager
def servers(prefix: str, database_url: str | None = None, redis_url: str | None = None) -> Iterator[Servers]:
    """A private PostgreSQL and Redis for as long as the ``with`` block lasts, or those of the addresses given.

    Creating a database there takes a tenth of what it takes on a disk, which must be told to keep it.
    """
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=_memory()))
    try:
        with open_servers(folder, database_url, redis_url) as opened:
            yield opened
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def copying(template: str, name: str) -> Composed:
    """The statement that copies a database: file by file where that is quick, else by way of the write-ahead log."""
    strategy = SQL("file_copy" if _memory() else "wal_log")
    return SQL("create database {} template {} strategy {}").format(
        Identifier(name), Identifier(template), strategy
    )


def _memory() -> Path | None:
    """The file system that is in memory; None where there is none, or none with room."""
    try:
        return MEMORY if shutil.disk_usage(MEMORY).free >= ROOM_BYTES_MIN else None
    except OSError:
        return None
