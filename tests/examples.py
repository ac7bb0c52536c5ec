"""Example values and ready-made situations that tests share."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from api.wiring import House
from application import portfolios, positions
from application.ledger import Cause, Transaction
from application.ports import PricePoint
from domain.listing import ListingRegistered
from domain.portfolio import decide as rules
from domain.portfolio.events import BrokerChoice, Mode
from domain.portfolio.state import Portfolio
from domain.position.state import Position
from domain.settings import SettingsChange
from domain.streams import PORTFOLIO, POSITION

T = TypeVar("T")

IN_SESSION = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
"""A Friday at eleven in New York: XNYS is open."""

PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Opened:
    """A listing, a portfolio and a position in it."""

    listing_id: UUID
    portfolio_id: UUID
    position_id: UUID


def by_hand(house: House) -> Cause:
    """A person's own command."""
    return Cause(actor="local", correlation_id=house.ledger.new_id())


def open_example(
    house: House,
    *,
    cash: str = "10000",
    shares: str = "100",
    anchor: str = "100",
    settings: SettingsChange | None = None,
    broker: BrokerChoice | None = None,
    symbol: str = "KO",
    exchange: str = "XNYS",
    unit: str = "USD",
    mode: Mode = "automatic",
) -> Opened:
    """DOMAIN §2's example: anchor 100, 100 shares, cash 10 000, in a funded paper portfolio."""
    cause, new_id = by_hand(house), house.ledger.new_id
    opened = Opened(new_id(), new_id(), new_id())
    currency = {"GBX": "GBP"}.get(unit, unit)
    listing = ListingRegistered(
        listing_id=opened.listing_id,
        symbol=symbol,
        exchange=exchange,
        currency=currency,
        quote_unit=unit,
        lot=Decimal(1),
        title="Coca-Cola",
    )
    house.keep_listings.register(cause, listing)
    portfolios.open_portfolio(
        house.ledger,
        cause,
        opened.portfolio_id,
        title="Example",
        currency=currency,
        mode=mode,
        broker=BrokerChoice() if broker is None or broker.is_real else broker,
        settings=SettingsChange(),
    )
    if broker is not None and broker.is_real:
        connect(house, opened.portfolio_id, broker)
    portfolios.move_cash(house.ledger, cause, opened.portfolio_id, "deposit", Decimal(1000000))
    positions.open_position(
        house.ledger,
        cause,
        opened.position_id,
        portfolio_id=opened.portfolio_id,
        listing_id=opened.listing_id,
        cash=Decimal(cash),
        shares=Decimal(shares),
        anchor=Decimal(anchor),
        settings=settings or SettingsChange(),
    )
    return opened


def connect(house: House, portfolio_id: UUID, broker: BrokerChoice) -> None:
    """Connect a portfolio to a real broker whose books have been found to agree."""

    def decide(transaction: Transaction) -> None:
        stream, portfolio = transaction.require(PORTFOLIO, portfolio_id)
        connected = transaction.append(stream, rules.connect(portfolio, broker, portfolio.title))
        transaction.append(stream, rules.reconcile(connected, adopted=0, orders=0, holdings=0))

    house.ledger.transact(by_hand(house), decide)


def position_of(house: House, opened: Opened) -> Position:
    """The example's position as it stands."""
    found = house.ledger.load(POSITION, opened.position_id).state
    assert found is not None
    return found


def portfolio_of(house: House, opened: Opened) -> Portfolio:
    """The example's portfolio as it stands."""
    found = house.ledger.load(PORTFOLIO, opened.portfolio_id).state
    assert found is not None
    return found


def tick(listing_id: UUID, price: str, at: datetime = IN_SESSION, source: str = "api") -> PricePoint:
    """A last price of a listing."""
    return PricePoint(
        listing_id=listing_id,
        as_of=at,
        last=Decimal(price),
        bid=None,
        ask=None,
        is_close=False,
        source=source,
    )


def eventually(look: Callable[[], T | None], patience_seconds: float = PATIENCE_SECONDS) -> T:
    """What ``look`` answers as soon as it answers something; fails when it does not in time."""
    deadline = time.monotonic() + patience_seconds
    pause = 0.005
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"nothing came within {patience_seconds} s")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)


def somebody_waits(house: House) -> bool:
    """Whether a lock has been asked for in vain, so far."""
    with house.pool.connection() as connection:
        return (
            connection.execute(
                "select from pg_locks l join pg_stat_activity a using (pid)"
                " where not l.granted and a.datname = current_database()"
            ).fetchone()
            is not None
        )
