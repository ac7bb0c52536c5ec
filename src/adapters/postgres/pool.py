"""Connections to PostgreSQL, made once per process, and handed out for whom the work is done."""

import select
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from typing import Any, Protocol

from psycopg import Connection, adapters, sql
from psycopg.adapt import AdaptersMap
from psycopg.rows import dict_row
from psycopg.types.array import ListBinaryDumper
from psycopg_pool import ConnectionPool

from adapters.postgres.acting import HOUSE, acting_person
from adapters.postgres.tenant_role import TENANT

PERSONS_KNOWN_MAX = 1_000

BINARY_ARRAYS = AdaptersMap(adapters)
BINARY_ARRAYS.register_dumper(list, ListBinaryDumper)
"""Lists go to the server in binary: as text each of their items is searched for what has to be quoted."""


class Pool(Protocol):
    """Where connections come from."""

    def connection(self, timeout: float | None = None) -> AbstractContextManager[Connection[dict[str, Any]]]:
        """A connection for the length of a block, given back as it was."""


class PostgresPool(ConnectionPool[Connection[dict[str, Any]]]):
    """The pool of a process. What it hands out is a person's while one is worked for, else the house's.

    Without the role for people's transactions (`tenant_role.py`) ``keeps_apart`` is false, and all are the house's.
    """

    keeps_apart = True

    @contextmanager
    def connection(self, timeout: float | None = None) -> Iterator[Connection[dict[str, Any]]]:
        """A connection for whom this works for.

        A person's is one transaction that shows what the person may see; it is undone by whatever leaves the block.
        What is entered here ends with that transaction, so that whoever gets the connection next is nobody yet.
        """
        person = acting_person()
        with super().connection(timeout) as connection:
            if person is not HOUSE and self.keeps_apart:
                connection.execute(_begin_for(person), prepare=False)
            yield connection

    @property
    def of_house(self) -> "HousePool":
        """The same connections, as the house's whoever is worked for."""
        return HousePool(self)


class HousePool:
    """For what belongs to nobody, or is of one piece: the log's writing, prices, accounts."""

    def __init__(self, pool: PostgresPool) -> None:
        self._pool = pool

    def connection(self, timeout: float | None = None) -> AbstractContextManager[Connection[dict[str, Any]]]:
        """A connection that sees every row."""
        return ConnectionPool.connection(self._pool, timeout)


@lru_cache(PERSONS_KNOWN_MAX)
def _begin_for(person: str) -> sql.Composed:
    """One statement to send. Settings of a session would stay with the connection; these end with the transaction."""
    return sql.SQL("begin; set local role {role}; set local ballast.person = {person}").format(
        role=sql.Identifier(TENANT), person=sql.Literal(person)
    )


def open_pool(database_url: str, size_max: int = 10, timeout_seconds: float = 10.0) -> PostgresPool:
    """A pool of autocommit connections with rows as dictionaries.

    A connection that died with its server is replaced; getting one waits at most ``timeout_seconds`` and then
    raises psycopg_pool.PoolTimeout.
    """
    options: Mapping[str, Any] = {
        "autocommit": True,
        "row_factory": dict_row,
        "context": BINARY_ARRAYS,
        "options": "-c timezone=UTC -c lock_timeout=10s",
        "connect_timeout": 5,
    }
    return PostgresPool(
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
