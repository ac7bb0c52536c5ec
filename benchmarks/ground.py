"""Real servers and a fresh database for a benchmark, and positions to work on."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from adapters.embedded.servers import open_servers
from api.configuration import Configuration
from api.wiring import House
from application import portfolios
from application.ledger import Cause, Transaction
from domain.listing import ListingRegistered
from domain.portfolio import decide as portfolio_rules
from domain.portfolio.events import BrokerChoice
from domain.position import decide as position_rules
from domain.settings import SettingsChange
from domain.streams import LISTING, PORTFOLIO, POSITION

IN_SESSION = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
POSITIONS_A_BATCH = 100
FREE_CASH = Decimal(10**9)


@contextmanager
def servers() -> Iterator[tuple[str, str]]:
    """The addresses of a PostgreSQL and a Redis: configured ones, else private ones for this run."""
    configuration = Configuration()
    with (
        tempfile.TemporaryDirectory(prefix="ballast-bench-", ignore_cleanup_errors=True) as folder,
        open_servers(Path(folder), configuration.database_url, configuration.redis_url) as opened,
    ):
        yield opened.database_url, opened.redis_url


@contextmanager
def fresh_house(addresses: tuple[str, str]) -> Iterator[House]:
    """The house on an empty database whose clock stands in a session of XNYS."""
    database_url, redis_url = addresses
    name = f"ballast_bench_{uuid4().hex[:12]}"
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(SQL("create database {}").format(Identifier(name)))
        house = House(
            make_conninfo(database_url, dbname=name), redis_url, clock=lambda: IN_SESSION, namespace=name
        )
        try:
            house.prepare_database()
            yield house
        finally:
            house.close()
            # Not by force: that stumbles over an autovacuum, which we may not terminate; a plain drop waits for it.
            connection.execute(SQL("drop database {}").format(Identifier(name)))


@dataclass(frozen=True, slots=True)
class Estate:
    """Listings and the positions on them, all anchored at 100 with 100 shares and 10 000 of cash."""

    listing_ids: list[UUID]
    position_ids: list[UUID]
    portfolio_ids: list[UUID]


def settle(
    house: House,
    listing_count: int,
    positions_a_listing: int,
    settings: SettingsChange | None = None,
    portfolio_count: int = 100,
) -> Estate:
    """Open ``listing_count`` listings with as many positions each, in a hundred portfolios."""
    cause = Cause(actor="local", correlation_id=house.ledger.new_id(), at=IN_SESSION)
    estate = Estate([], [], [])
    total = listing_count * positions_a_listing
    portfolio_ids = []
    for _ in range(min(portfolio_count, total)):
        portfolio_id = house.ledger.new_id()
        portfolios.open_portfolio(
            house.ledger, cause, portfolio_id, title="Bench", currency="USD", mode="automatic",
            broker=BrokerChoice(auto_fill=True), settings=SettingsChange(),
        )  # fmt: skip
        portfolios.move_cash(house.ledger, cause, portfolio_id, "deposit", FREE_CASH)
        portfolio_ids.append(portfolio_id)
    estate.portfolio_ids.extend(portfolio_ids)
    for number in range(listing_count):
        listing = ListingRegistered(
            listing_id=house.ledger.new_id(), symbol=f"L{number}", exchange="XNYS", currency="USD",
            quote_unit="USD", lot=Decimal(1),
        )  # fmt: skip
        house.keep_listings.register(cause, listing)
        estate.listing_ids.append(listing.listing_id)
    wanted = [
        (estate.listing_ids[number % listing_count], portfolio_ids[number % len(portfolio_ids)])
        for number in range(total)
    ]
    for begin in range(0, total, POSITIONS_A_BATCH):
        estate.position_ids.extend(
            _open(house, cause, wanted[begin : begin + POSITIONS_A_BATCH], settings or SettingsChange())
        )
    return estate


def _open(
    house: House, cause: Cause, wanted: list[tuple[UUID, UUID]], settings: SettingsChange
) -> list[UUID]:
    def decide(transaction: Transaction) -> list[UUID]:
        opened = []
        for listing_id, portfolio_id in wanted:
            portfolio_stream, portfolio = transaction.require(PORTFOLIO, portfolio_id)
            _, listing = transaction.require(LISTING, listing_id)
            stream = transaction.load(POSITION, house.ledger.new_id())
            events = position_rules.open_position(portfolio, listing, Decimal(100), Decimal(100), settings)
            position = transaction.append(stream, events)
            lent = portfolio_rules.lend(portfolio, stream.id, listing.symbol, Decimal(10_000))
            transaction.append(portfolio_stream, lent)
            transaction.append(stream, position_rules.allocate_cash(position, Decimal(10_000)))
            opened.append(stream.id)
        return opened

    return house.ledger.transact(cause, decide).answer


def later(seconds: float) -> datetime:
    """A moment of the same session."""
    return IN_SESSION + timedelta(seconds=seconds)
