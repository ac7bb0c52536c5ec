"""What every test may use: real servers, a fresh database each, and the house put together on them."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import redis
from hypothesis import HealthCheck, settings
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from api.following import Followers
from api.wiring import House
from api.worker import Worker
from databases import Databases, template
from scratch import keep_in_memory, servers

keep_in_memory()

settings.register_profile(
    "ballast", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ballast"))

LONG_STORIES = {"deploy", "fuzz", "kills", "page", "projections", "storm", "story", "tenancy", "upgrade"}
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Folders with files that take long first, or one of two processes has such a file to itself at the end."""
    items.sort(key=lambda item: item.path.relative_to(HERE).parts[0] not in LONG_STORIES)


@pytest.fixture(scope="session")
def addresses() -> Iterator[tuple[str, str]]:
    """A PostgreSQL and a Redis: those of DATABASE_URL and REDIS_URL, else private ones for this test run."""
    given = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    with servers("ballast-tests-", *given) as opened:
        yield opened.database_url, opened.redis_url


@pytest.fixture(scope="session")
def databases(addresses: tuple[str, str]) -> Iterator[Databases]:
    """Where fresh databases come from."""
    database_url, redis_url = addresses
    with (
        psycopg.connect(database_url, autocommit=True) as connection,
        template(connection, database_url, redis_url) as copied_from,
        closing(Databases(connection, database_url, copied_from)) as databases,
    ):
        yield databases


@pytest.fixture
def new_house(
    addresses: tuple[str, str], databases: Databases, tmp_path: Path
) -> Iterator[Callable[[], House]]:
    """Puts a house together on a fresh database; called again it is another process on the same one."""
    namespace = f"ballast_test_{uuid4().hex[:12]}"
    houses: list[House] = []
    with databases.fresh() as database_url:

        def make() -> House:
            house = House(
                database_url, addresses[1], namespace=namespace, exports_folder=tmp_path / "exports"
            )
            houses.append(house)
            return house

        try:
            yield make
        finally:
            for house in houses:
                house.close()
            with redis.Redis.from_url(addresses[1]) as client:
                for key in client.scan_iter(f"{namespace}*"):
                    client.delete(key)


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    """Everything a process needs, on a fresh database."""
    return new_house()


@pytest.fixture
def empty_database(addresses: tuple[str, str]) -> Iterator[str]:
    """The address of a database with nothing in it, not even the schema."""
    name = f"ballast_empty_{uuid4().hex[:12]}"
    with psycopg.connect(addresses[0], autocommit=True) as connection:
        connection.execute(SQL("create database {}").format(Identifier(name)))
        try:
            yield make_conninfo(addresses[0], dbname=name)
        finally:
            connection.execute(SQL("drop database {} with (force)").format(Identifier(name)))


@pytest.fixture
def running(house: House) -> Iterator[House]:
    """The house with its worker and its followers at work in this process."""
    with Worker(house), Followers(house):
        yield house
