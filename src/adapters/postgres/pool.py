"""Connections to PostgreSQL, made once per process."""

from collections.abc import Mapping
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
        check=None,
        open=True,
    )
