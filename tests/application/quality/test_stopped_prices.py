"""What follows when the gate stops a price: one alert, one freeze, and no flood (DOMAIN §4)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from api.wiring import House
from application import alerts, portfolios, positions
from application.ports import PricePoint
from domain.alert import AlertRaised
from domain.events import Event
from domain.portfolio.events import BrokerChoice, PortfolioFrozen
from domain.portfolio.state import LIVE_FEED
from domain.quality import PriceQuarantined
from domain.settings import SettingsChange
from domain.streams import PORTFOLIO
from examples import IN_SESSION, Opened, by_hand, open_example, tick

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
CLOSES = ("612.20", "609.60", "5.854", "5.872", "5.730")
DAYS = (14, 15, 16, 17, 20)


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    """A house whose clock stands in the session; nothing runs but what a test calls."""
    made = new_house()
    made.ledger.clock = lambda: IN_SESSION
    return made


def easyjet(listing_id: UUID) -> list[PricePoint]:
    """Five closes of April 2020, as a provider gave them: pence, and from the third on pounds."""
    moments = [datetime(2020, 4, day, 15, 30, tzinfo=UTC) for day in DAYS]
    return [
        replace(tick(listing_id, close, at, "file"), is_close=True)
        for close, at in zip(CLOSES, moments, strict=True)
    ]


def told(house: House) -> Sequence[Event]:
    """What was said of stopped prices, in the order of the log."""
    with house.pool.connection() as connection:
        log = [recorded.event for recorded in house.log.read(connection, 0, 1_000)]
    return [event for event in log if isinstance(event, PriceQuarantined | PortfolioFrozen | AlertRaised)]


def names(house: House) -> list[str]:
    """The same, by name."""
    return [event.name.rpartition(".")[0] for event in told(house)]


def stored(house: House, listing_id: UUID) -> list[tuple[Any, ...]]:
    """The stored prices and what stopped them."""
    rows = house.prices.page(LIVE_FEED, listing_id, None, 100)
    return [(str(row["last"]), row["quarantined"]) for row in rows]


def is_frozen(house: House, opened: Opened) -> bool:
    """Whether the portfolio stands still."""
    state = house.ledger.load(PORTFOLIO, opened.portfolio_id).state
    assert state is not None
    return state.frozen


@pytest.mark.parametrize("at_once", [True, False], ids=["one batch", "a row at a time"])
def test_a_unit_that_flips_in_the_middle_freezes_once_and_calls_once(house: House, at_once: bool) -> None:
    """Pence until the second row, pounds from the third on: every flipped price is quarantined, one is told."""
    opened = open_example(house, symbol="EZJ", exchange="XLON", unit="GBX")
    rows = easyjet(opened.listing_id)

    for batch in [rows] if at_once else [[row] for row in rows]:
        house.ingest_prices(batch)

    assert stored(house, opened.listing_id) == [
        *((close, None) for close in CLOSES[:2]),
        *((close, "scale") for close in CLOSES[2:]),
    ]
    assert names(house) == ["quality.price_quarantined", "portfolio.frozen", "alert.raised"]
    assert told(house)[2].sentence() == (
        "Quarantined EZJ at 5.854: a hundredfold change of scale, expected near 609.60."
        " Nothing uses this price, and the portfolio is frozen."
    )
    latest = house.prices.latest(LIVE_FEED, opened.listing_id)
    assert latest is not None
    assert latest.last == Decimal("609.60")


def test_a_freeze_that_was_lifted_stays_lifted_while_the_same_goes_on(house: House) -> None:
    """The person knows; but after a good price in between a bad one is another case."""
    opened = open_example(house)
    times = iter(range(1, 100))

    def comes(price: str) -> None:
        house.ingest_prices([tick(opened.listing_id, price, IN_SESSION - HOUR + next(times) * SECOND)])

    comes("100")
    comes("10000")
    portfolios.unfreeze(house.ledger, by_hand(house), opened.portfolio_id, "the provider is told")
    comes("10001")
    assert not is_frozen(house, opened)
    comes("101")
    comes("10100")
    assert is_frozen(house, opened)
    comes("10101")
    once = ["quality.price_quarantined", "portfolio.frozen"]
    assert names(house) == [*once, "alert.raised", *once]


def test_an_alert_that_was_resolved_is_raised_again(house: House) -> None:
    """Whoever closes it while prices go on being stopped is called again, and the portfolio stands still again."""
    opened = open_example(house)
    house.ingest_prices([tick(opened.listing_id, "100"), tick(opened.listing_id, "300", IN_SESSION + SECOND)])
    raised = next(event for event in told(house) if isinstance(event, AlertRaised))
    about = (raised.portfolio_id, raised.listing_id, raised.rule)
    alerts.resolve(house.ledger, by_hand(house), about, raised.alert_id, "looked at")
    portfolios.unfreeze(house.ledger, by_hand(house), opened.portfolio_id, "looked at")

    house.ingest_prices([tick(opened.listing_id, "301", IN_SESSION + 2 * SECOND)])

    once = ["quality.price_quarantined", "portfolio.frozen", "alert.raised"]
    assert names(house) == [*once, *once]


def test_each_portfolio_is_called_by_itself(house: House) -> None:
    """Two that hold the listing: two alerts about one price, that is told once."""
    first = open_example(house)
    second = open_example(house, symbol="PEP")
    house.ingest_prices([tick(each.listing_id, "100") for each in (first, second)])
    house.ingest_prices([tick(each.listing_id, "1", IN_SESSION + SECOND) for each in (first, second)])

    raised = [event for event in told(house) if isinstance(event, AlertRaised)]
    assert {(event.portfolio_id, event.listing_id) for event in raised} == {
        (each.portfolio_id, each.listing_id) for each in (first, second)
    }
    assert {(event.rule, event.severity, event.observed, event.expected) for event in raised} == {
        ("scale", "CRITICAL", "1", "near 100")
    }


def test_where_nobody_holds_the_listing_only_the_first_price_is_told(house: House) -> None:
    """Nobody is called."""
    opened = open_example(house, shares="0", cash="0")
    positions.close(house.ledger, by_hand(house), opened.position_id)
    for seconds, price in enumerate(("100", "300", "301", "302")):
        house.ingest_prices([tick(opened.listing_id, price, IN_SESSION + seconds * SECOND)])
    assert names(house) == ["quality.price_quarantined"]


def test_a_replay_is_frozen_and_calls_nobody(house: House) -> None:
    """It is about the past, and what is live hears nothing of it: the same price there is told again."""
    live = open_example(house)
    replayed = _replay_of(house, live.listing_id)
    for feed in (str(replayed), LIVE_FEED):
        for seconds, price in enumerate(("100", "300", "301")):
            house.ingest_prices([tick(live.listing_id, price, IN_SESSION + seconds * SECOND)], feed)
    once = ["quality.price_quarantined", "portfolio.frozen"]
    assert names(house) == [*once, *once, "alert.raised"]
    assert [event.feed for event in told(house) if isinstance(event, PriceQuarantined)] == [
        str(replayed),
        None,
    ]


def _replay_of(house: House, listing_id: UUID) -> UUID:
    portfolio_id = house.ledger.new_id()
    portfolios.open_portfolio(
        house.ledger, by_hand(house), portfolio_id, title="Past", currency="USD", mode="automatic",
        broker=BrokerChoice(), settings=SettingsChange(), clock="replay",
    )  # fmt: skip
    positions.open_position(
        house.ledger, by_hand(house), house.ledger.new_id(), portfolio_id=portfolio_id, listing_id=listing_id,
        cash=Decimal(0), shares=Decimal(10), anchor=Decimal(100), settings=SettingsChange(),
    )  # fmt: skip
    return portfolio_id


@pytest.mark.parametrize(
    ("unit", "given", "labels", "rule"),
    [
        ("GBX", "612.20", ("GBP", "GBP"), "currency_mismatch"),
        ("GBP", "6.12", ("GBP", "GBX"), "currency_mismatch"),
        ("GBX", "6.12", ("GBP", "GBX"), "scale"),
        ("GBP", "612.20", ("GBP", "GBP"), "scale"),
    ],
    ids=[
        "pence called pounds",
        "pounds called pence",
        "pounds in place of pence",
        "pence in place of pounds",
    ],
)
def test_pence_and_pounds_are_told_apart_by_their_names_and_by_their_size(
    house: House, unit: str, given: str, labels: tuple[str, str], rule: str
) -> None:
    """Whichever of the two is wrong."""
    opened = open_example(house, symbol="EZJ", exchange="XLON", unit=unit)
    good = "610" if unit == "GBX" else "6.10"
    house.ingest_prices([tick(opened.listing_id, good, IN_SESSION - SECOND)])
    quote = replace(tick(opened.listing_id, given), currency=labels[0], unit=labels[1])

    taken = house.ingest_prices([quote])

    assert [finding.rule for _, finding in taken.quarantined] == [rule]
    assert is_frozen(house, opened)
    assert names(house) == ["quality.price_quarantined", "portfolio.frozen", "alert.raised"]


def test_what_cannot_be_a_price_is_not_taken_in_and_the_rest_is(house: House) -> None:
    """A provider's crossed quote, broken bar, zero, and stamp of tomorrow: named, not stored, freezing nothing."""
    opened = open_example(house)
    good = tick(opened.listing_id, "100")
    bad = [
        replace(good, source="crossed", bid=Decimal(101), ask=Decimal(100)),
        replace(good, source="bar", open=Decimal(99), low=Decimal(100)),
        replace(good, source="zero", last=Decimal(0)),
        replace(good, source="future", as_of=IN_SESSION + 6 * SECOND),
    ]

    taken = house.ingest_prices([*bad, good])

    rules = [(point.source, finding.rule) for point, finding in taken.rejected]
    assert rules == [
        ("crossed", "crossed"),
        ("bar", "bad_bar"),
        ("zero", "non_positive"),
        ("future", "future"),
    ]
    assert (taken.accepted, taken.duplicates, taken.quarantined) == (1, 0, [])
    assert stored(house, opened.listing_id) == [("100", None)]
    assert not is_frozen(house, opened)
