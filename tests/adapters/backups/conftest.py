"""A database to restore into."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from api.wiring import House


@pytest.fixture
def empty_database(house: House) -> Iterator[str]:
    """A database with nothing in it."""
    name = f"ballast_restored_{uuid4().hex[:12]}"
    with psycopg.connect(house.database_url, autocommit=True) as connection:
        connection.execute(SQL("create database {}").format(Identifier(name)))
        yield make_conninfo(house.database_url, dbname=name)
        connection.execute(SQL("drop database {} with (force)").format(Identifier(name)))
