"""A fresh database for each seed, copied from one that has the schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Composed, Identifier

from api.wiring import House
from databases import drop
from scratch import is_in_memory


@contextmanager
def template(database_url: str) -> Iterator[str]:
    """A database with the schema and nothing in it; answers its name."""
    name = f"storm_template_{uuid4().hex[:12]}"
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(SQL("create database {}").format(Identifier(name)))
        try:
            house = House(make_conninfo(database_url, dbname=name), "redis://nowhere")
            house.prepare_database()
            house.close()
            yield name
        finally:
            drop(connection, name)


@contextmanager
def database(database_url: str, copied_from: str) -> Iterator[str]:
    """A database of its own; answers its address. Nothing in it need outlive the machine."""
    name = f"storm_{uuid4().hex[:12]}"
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(_copying(copied_from, name))
        try:
            connection.execute(SQL("alter database {} set synchronous_commit = off").format(Identifier(name)))
            yield make_conninfo(database_url, dbname=name)
        finally:
            drop(connection, name)


def _copying(copied_from: str, name: str) -> Composed:
    """The statement that copies a database: file by file where that is quick, else by way of the write-ahead log."""
    strategy = SQL("file_copy" if is_in_memory() else "wal_log")
    return SQL("create database {} template {} strategy {}").format(
        Identifier(name), Identifier(copied_from), strategy
    )
