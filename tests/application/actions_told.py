"""A house in which corporate actions are announced and prices come, one moment after the other."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from api.wiring import House
from application import portfolios, positions
from application.actions.announce_actions import Announcement
from application.evaluate_ticks import Drained
from domain.listing import ListingRegistered
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import LIVE_FEED
from domain.position.events import OrderIntended
from domain.position.state import Position
from domain.settings import SettingsChange
from domain.streams import POSITION
from examples import Opened, by_hand, tick

EX_DATE = date(2026, 11, 23)
EX_OPEN = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
PAY_DATE = date(2026, 12, 1)
PAY_OPEN = datetime(2026, 12, 1, 14, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def at_time(house: House, moment: datetime) -> House:
    """The house with its clock there."""
    house.ledger.clock = lambda: moment
    return house


def dividend(house: House, opened: Opened, per_share: str = "4.00", **others: Any) -> Announcement:
    """Announced to go ex on Monday."""
    terms: dict[str, Any] = {
        "ex_date": EX_DATE,
        "pay_date": PAY_DATE,
        "per_share": Decimal(per_share),
        "withholding_rate": None,
    }
    announce = house.announce_actions.dividend
    return announce(by_hand(house), opened.listing_id, **terms | others).answer


def split(house: House, opened: Opened, ratio: str = "10", ex_date: date = EX_DATE) -> Announcement:
    """Announced to take effect on Monday."""
    announce = house.announce_actions.split
    return announce(by_hand(house), opened.listing_id, ex_date=ex_date, ratio=Decimal(ratio)).answer


def price(
    house: House, opened: Opened, value: str, moment: datetime, *, feed: str = LIVE_FEED, **others: Any
) -> Drained:
    """A price comes at a moment and is decided upon."""
    if feed == LIVE_FEED:
        at_time(house, moment)
    taken = house.ingest_prices([replace(tick(opened.listing_id, value, moment), **others)], feed)
    assert not taken.quarantined, taken
    return house.evaluate_ticks(feed, [opened.listing_id])


def state(house: House, opened: Opened) -> Position:
    """The position as it stands."""
    found = house.ledger.load(POSITION, opened.position_id).state
    assert found is not None
    return found


def intended(house: House, opened: Opened) -> list[OrderIntended]:
    """The orders that were decided."""
    events = [recorded.event for recorded in house.log.tail([(opened.position_id, 0)])]
    return [event for event in events if isinstance(event, OrderIntended)]


def names(house: House, opened: Opened) -> list[str]:
    """What happened to the position."""
    return [recorded.event.name.split(".")[1] for recorded in house.log.tail([(opened.position_id, 0)])]


def books(house: House, portfolio_id: UUID) -> Decimal:
    """What all entries of a portfolio come to, line by line: zero."""
    with house.pool.connection() as connection:
        row = connection.execute(
            "select coalesce(sum((line ->> 'amount')::numeric), 0) as total"
            " from journal, jsonb_array_elements(lines) line where portfolio_id = %s",
            (portfolio_id,),
        ).fetchone()
    assert row is not None
    total: Decimal = row["total"]
    return total


def another_listing(house: House, symbol: str = "PEP", **others: Any) -> UUID:
    """A listing that nobody holds."""
    wanted = ListingRegistered(
        listing_id=house.ledger.new_id(),
        symbol=symbol,
        exchange=others.get("exchange", "XNYS"),
        currency=others.get("currency", "USD"),
        quote_unit=others.get("quote_unit", "USD"),
        lot=Decimal(1),
    )
    return house.keep_listings.register(by_hand(house), wanted).answer.listing.id


def open_beside(
    house: House, listing_id: UUID, *, shares: str = "100", anchor: str = "100", currency: str = "USD"
) -> Opened:
    """Another portfolio with a position in a listing."""
    cause, opened = by_hand(house), Opened(listing_id, house.ledger.new_id(), house.ledger.new_id())
    portfolios.open_portfolio(
        house.ledger,
        cause,
        opened.portfolio_id,
        title="Beside",
        currency=currency,
        mode="automatic",
        broker=BrokerChoice(),
        settings=SettingsChange(),
    )
    portfolios.move_cash(house.ledger, cause, opened.portfolio_id, "deposit", Decimal(1_000_000))
    positions.open_position(
        house.ledger,
        cause,
        opened.position_id,
        portfolio_id=opened.portfolio_id,
        listing_id=listing_id,
        cash=Decimal(10_000),
        shares=Decimal(shares),
        anchor=Decimal(anchor),
        settings=SettingsChange(),
    )
    return opened
