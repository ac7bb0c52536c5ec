"""A fresh database for each seed, copied from one that has the schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from api.wiring import House
from servers_in_memory import copying


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
            _drop(connection, name)


@contextmanager
def database(database_url: str, copied_from: str) -> Iterator[str]:
    """A database of its own; answers its address. Nothing in it need outlive the machine."""
    name = f"storm_{uuid4().hex[:12]}"
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(copying(copied_from, name))
        try:
            connection.execute(SQL("alter database {} set synchronous_commit = off").format(Identifier(name)))
            yield make_conninfo(database_url, dbname=name)
        finally:
            _drop(connection, name)


def _drop(connection: psycopg.Connection[Any], name: str) -> None:
    """Drop a database. Force is the second resort: it stumbles over an autovacuum, which a plain drop ends."""
    try:
        connection.execute(SQL("drop database {}").format(Identifier(name)))
    except psycopg.errors.ObjectInUse:
        connection.execute(SQL("drop database {} with (force)").format(Identifier(name)))
