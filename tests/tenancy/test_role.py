"""A database of one's own, whose user is no superuser and may make no roles."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from adapters.postgres.acting import acting_for
from adapters.postgres.tenant_role import TENANT, lacking
from api.wiring import House
from databases import drop
from tenancy.test_shared_pool import open_for


@pytest.fixture
def server(addresses: tuple[str, str], house: House) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """The server as its administrator sees it; the role is there, since another Ballast has been started on it."""
    with psycopg.connect(addresses[0], autocommit=True) as connection:
        assert lacking(connection) is None, house
        yield connection


@pytest.fixture
def ordinary(
    server: psycopg.Connection[tuple[object, ...]], addresses: tuple[str, str]
) -> Iterator[tuple[str, str]]:
    """A user who owns a database and nothing else, and that database's address."""
    name = f"ballast_test_{uuid4().hex[:12]}"
    server.execute(SQL("create role {} login password 'secret'").format(Identifier(name)))
    server.execute(SQL("grant {} to current_user").format(Identifier(name)))
    server.execute(SQL("create database {0} owner {0}").format(Identifier(name)))
    try:
        yield name, make_conninfo(addresses[0], dbname=name, user=name, password="secret")
    finally:
        drop(server, name)
        server.execute(SQL("drop role {}").format(Identifier(name)))


def test_an_ordinary_owner_is_told_what_is_missing_and_then_keeps_people_apart(
    server: psycopg.Connection[tuple[object, ...]], ordinary: tuple[str, str], addresses: tuple[str, str]
) -> None:
    """Without the role Ballast comes up and says so; granted, the next start grants what the tables need."""
    user, url = ordinary
    first = House(url, addresses[1])
    first.prepare_database()
    theirs = open_for(first, "anna")
    with first.house_pool.connection() as connection:
        problem = lacking(connection)
    first.close()
    assert problem is not None
    assert problem.endswith(f"create role {TENANT} nologin; grant {TENANT} to {user};")

    server.execute(SQL("grant {} to {}").format(Identifier(TENANT), Identifier(user)))
    second = House(url, addresses[1])
    second.prepare_database()
    mine = open_for(second, "bert")
    try:
        for person, portfolio_id in (("anna", theirs), ("bert", mine)):
            with acting_for(person), second.pool.connection() as connection:
                found = connection.execute("select portfolio_id from portfolios").fetchall()
            assert [row["portfolio_id"] for row in found] == [portfolio_id]
    finally:
        second.close()
