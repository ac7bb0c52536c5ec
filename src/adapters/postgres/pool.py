"""Connections to PostgreSQL, made once per process."""

import select
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

Pool = ConnectionPool[Connection[dict[str, Any]]]


def open_pool(database_url: str, size_max: int = 10, timeout_seconds: float = 10.0) -> Pool:
    """A pool of autocommit connections with rows as dictionaries.

    A connection that died with its server is replaced; getting one waits at most ``timeout_seconds`` and then
    raises psycopg_pool.PoolTimeout.
    """
    options: Mapping[str, Any] = {
        "autocommit": True,
        "row_factory": dict_row,
        "options": "-c timezone=UTC -c lock_timeout=10s",
        "connect_timeout": 5,
    }
    return ConnectionPool(
        database_url,
        connection_class=Connection[dict[str, Any]],
        kwargs=dict(options),
        min_size=1,
        max_size=size_max,
        timeout=timeout_seconds,
        check=_require_open,
        open=True,
    )


@contextmanager
def alone(pool: Pool, what: str) -> Iterator[bool]:
    """Hold the lock of this name, of one process at a time, for the length of the block; False if another holds it."""
    with pool.connection() as connection, connection.transaction():
        row = connection.execute(
            "select pg_try_advisory_xact_lock(hashtextextended(%s, 0)) as alone", (what,)
        ).fetchone()
        yield row is not None and row["alone"]


def _require_open(connection: Connection[dict[str, Any]]) -> None:
    """Raise OperationalError for a connection that died with its server, and the pool takes another.

    A connection that was closed has something to read, an idle one has not: only the former is asked, so that
    finding out costs no round trip.
    """
    readable = select.poll()
    readable.register(connection.fileno(), select.POLLIN)
    if readable.poll(0):
        ConnectionPool.check_connection(connection)
