"""A pool whose connections go from one person to the next shows nobody a foreign row."""

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import UUID

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from adapters.postgres.acting import HOUSE, NOBODY, acting_for
from adapters.postgres.pool import PostgresPool, open_pool
from adapters.postgres.tenant_role import TENANT
from api.wiring import House
from application import portfolios
from application.ledger import Cause
from domain.portfolio.events import BrokerChoice
from domain.settings import SettingsChange
from estate import Estate
from over_http import answered

PEOPLE = ("anna", "bert", "carla", "dora")
EVERY = "select portfolio_id from portfolios"


def open_for(house: House, person: str) -> UUID:
    """A portfolio of a person."""
    portfolio_id = house.ledger.new_id()
    portfolios.open_portfolio(
        house.ledger, Cause(person, house.ledger.new_id()), portfolio_id, title=person, currency="USD",
        mode="automatic", broker=BrokerChoice(), settings=SettingsChange(),
    )  # fmt: skip
    return portfolio_id


@pytest.fixture
def owned(house: House) -> dict[str | None, set[UUID]]:
    """Two portfolios each; the house sees all, and nobody none."""
    owned: dict[str | None, set[UUID]] = {
        person: {open_for(house, person), open_for(house, person)} for person in PEOPLE
    }
    return owned | {HOUSE: set().union(*owned.values()), NOBODY: set()}


def seen(pool: PostgresPool, person: str | None) -> set[UUID]:
    """What somebody sees when a query forgets to ask whose it is."""
    with acting_for(person), pool.connection() as connection:
        return {row["portfolio_id"] for row in connection.execute(EVERY)}


def stumble(pool: PostgresPool, person: str | None, chance: random.Random) -> None:
    """Leave a connection in one of the ways in which one should not."""
    with suppress(psycopg.Error, ZeroDivisionError), acting_for(person), pool.connection() as connection:
        match chance.randrange(4):
            case 0:
                connection.execute("select 1 / 0")
            case 1:
                raise ZeroDivisionError
            case 2:
                with suppress(psycopg.Error):
                    connection.execute("no statement")
            case _:
                connection.execute(f"set local ballast.person = '{chance.choice(PEOPLE)}'")


def test_a_pool_reused_by_many_at_once_shows_no_foreign_row(
    house: House, owned: dict[str | None, set[UUID]]
) -> None:
    """Two connections, eight threads, people and the house in turn, and every way of leaving a connection."""

    def work(seed: int) -> int:
        chance, asked = random.Random(seed), 0
        for _ in range(60):
            person = chance.choice([*owned])
            if chance.random() < 0.3:
                stumble(pool, person, chance)
            else:
                assert seen(pool, person) == owned[person], person
                asked += 1
        return asked

    with open_pool(house.database_url, size_max=2) as pool, ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(work, range(8))) > 200


def test_nothing_of_a_person_stays_with_a_connection(
    house: House, owned: dict[str | None, set[UUID]]
) -> None:
    """One connection: after a person, and after a person's error, it is the house's again."""
    with open_pool(house.database_url, size_max=1) as pool:
        for person in PEOPLE:
            assert seen(pool, person) == owned[person]
            with suppress(ZeroDivisionError), acting_for(person), pool.connection():
                raise ZeroDivisionError
            assert seen(pool, HOUSE) == owned[HOUSE]


def test_no_table_shows_a_row_to_whom_it_is_not_for(estate: Estate) -> None:
    """Every table that the role may read, whole and without a condition, as another person and as nobody."""
    house, other = estate.house, answered(estate.other.get("/auth/me"))["id"]
    with house.pool.connection() as connection:
        tables = connection.execute(
            "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
            " and has_table_privilege(%s, oid, 'select') order by 1",
            (TENANT,),
        ).fetchall()
    told = {
        person: whole(house, person, [each["name"] for each in tables]) for person in (HOUSE, other, NOBODY)
    }

    for name, rows in told[HOUSE].items():
        for person in (other, NOBODY):
            for secret in estate.secrets & {each for each in estate.secrets if each in rows}:
                assert secret not in told[person][name], (name, person)
    hold_secrets = {
        name for name, rows in told[HOUSE].items() if any(each in rows for each in estate.secrets)
    }
    assert {"positions", "orders", "journal", "stored_events", "import_previews", "channels"} <= hold_secrets
    assert len(hold_secrets) > 20


def whole(house: House, person: str | None, tables: list[str]) -> dict[str, str]:
    """Each table as text, as somebody sees it."""
    found = {}
    for table in tables:
        with acting_for(person), house.pool.connection() as connection:
            rows = connection.execute(
                SQL("select t::text, to_jsonb(t)::text as row from {} t").format(Identifier(table))
            ).fetchall()
        found[table] = "\n".join(row["row"] for row in rows)
    return found
