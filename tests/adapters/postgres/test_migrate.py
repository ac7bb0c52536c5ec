"""Migrations: once each, by one process at a time, and never on a database that is not ours to touch."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg import Connection
from psycopg.rows import dict_row

from adapters.postgres.migrate import ChangedMigration, NewerSchema, migrate
from api.wiring import House


@contextmanager
def connected(database_url: str) -> Iterator[Connection[dict[str, Any]]]:
    """A connection as the pool makes them."""
    with psycopg.connect(database_url, autocommit=True, row_factory=dict_row) as connection:
        yield connection


def test_each_migration_is_applied_once(empty_database: str) -> None:
    """In the order of their names, and the second time there is nothing to do."""
    with connected(empty_database) as connection:
        applied = migrate(connection)
        assert applied == sorted(applied)
        assert applied[0] == "0001_event_log.sql"
        assert migrate(connection) == []


def test_processes_that_start_at_once_migrate_once(empty_database: str, addresses: tuple[str, str]) -> None:
    """Four houses prepare one empty database: none fails, and each migration is applied by one of them."""
    houses = [House(empty_database, addresses[1]) for _ in range(4)]
    with ThreadPoolExecutor(4) as starting:
        for each in [starting.submit(house.prepare_database) for house in houses]:
            each.result()
    with houses[0].pool.connection() as connection:
        row = connection.execute("select count(*) as n from schema_migrations").fetchone()
        models = connection.execute("select count(*) as n from read_models").fetchone()
    for house in houses:
        house.close()
    assert row is not None
    assert models is not None
    assert row["n"] > 0
    assert models["n"] > 0


def test_a_newer_schema_is_not_touched(new_house: Callable[[], House]) -> None:
    """An older program says so and leaves everything as it is."""
    with new_house().pool.connection() as connection:
        connection.execute("insert into schema_migrations (name, checksum) values ('9999_future.sql', '')")
        connection.execute("delete from schema_migrations where name = '0006_callbacks.sql'")
        with pytest.raises(NewerSchema, match=r"9999_future\.sql is unknown here"):
            migrate(connection)
        row = connection.execute("select from schema_migrations where name = '0006_callbacks.sql'").fetchone()
    assert row is None


def test_a_migration_that_was_edited_is_noticed(new_house: Callable[[], House]) -> None:
    """What was applied and what is in the file must be the same text."""
    with new_house().pool.connection() as connection:
        connection.execute("update schema_migrations set checksum = 'other' where name = '0004_prices.sql'")
        with pytest.raises(ChangedMigration, match=r"0004_prices\.sql has changed"):
            migrate(connection)
