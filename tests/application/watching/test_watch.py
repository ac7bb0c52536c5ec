"""What does not come: a person is called once, and the call ends by itself when good data is back (DOMAIN §4)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from api.watching import Watching
from api.wiring import House
from application import alerts as alert_commands
from application import portfolios, positions
from application.ports import PricePoint
from application.registry.constituents import put
from domain.alert import stream_of
from domain.listing import ListingRegistered
from domain.portfolio.events import Constituent
from domain.streams import ALERT
from examples import IN_SESSION, Opened, by_hand, eventually, open_example, tick
from projections import alerts

MINUTE = timedelta(minutes=1)
OPEN = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
CLOSE = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    """A house on a Friday in November; nothing runs but what a test calls."""
    made = new_house()
    made.ledger.clock = lambda: IN_SESSION
    return made


def priced(house: House, made: Opened | UUID, at: datetime, price: str = "100", **others: Any) -> None:
    """A good price comes, in its own time."""
    listing_id = made if isinstance(made, UUID) else made.listing_id
    house.ledger.clock = lambda: at
    point: PricePoint = replace(tick(listing_id, price, at), **others)
    assert house.ingest_prices([point]).accepted == 1


def closed(house: House, made: Opened | UUID, at: datetime) -> None:
    """A session's close comes."""
    priced(house, made, at, is_close=True)


def called(house: House, at: datetime) -> list[tuple[str, str]]:
    """Look at a moment; the rules and severities that are open afterwards."""
    house.ledger.clock = lambda: at
    house.watch()
    with house.pool.connection() as connection:
        return [(each["rule"], each["severity"]) for each in alerts.page(connection, "local", is_open=True)]


def said(house: House) -> list[dict[str, Any]]:
    """Every alert there ever was."""
    with house.pool.connection() as connection:
        return alerts.page(connection, "local")


def test_a_feed_that_dies_in_session_calls_once_and_its_next_price_ends_it(house: House) -> None:
    made = open_example(house)
    priced(house, made, IN_SESSION)

    assert called(house, IN_SESSION + 30 * MINUTE) == []
    for minutes in (31, 32, 60):
        assert called(house, IN_SESSION + minutes * MINUTE) == [("stale_intraday", "WARN")]
    priced(house, made, IN_SESSION + 90 * MINUTE)
    assert called(house, IN_SESSION + 91 * MINUTE) == []

    (only,) = said(house)
    assert only["message"] == (
        "KO has no fresh price, and nothing is decided on an old one: the newest is of 2026-11-20 16:00 UTC; expected"
        " is at most 30 minutes of a session without one."
    )
    assert (only["portfolio_id"], only["listing_id"]) == (made.portfolio_id, made.listing_id)


def test_a_morning_begins_with_yesterdays_price(house: House) -> None:
    """Nobody is called for that in the first half hour; decisions refuse it all the same."""
    priced(house, open_example(house), CLOSE - DAY - MINUTE)

    assert called(house, OPEN - MINUTE) == []
    assert called(house, OPEN + 29 * MINUTE) == []
    assert called(house, OPEN + 31 * MINUTE) == [("stale_intraday", "WARN")]


def test_the_end_of_the_session_brings_no_price(house: House) -> None:
    made = open_example(house)
    priced(house, made, IN_SESSION)
    called(house, IN_SESSION + 31 * MINUTE)

    assert called(house, CLOSE + MINUTE) == [("stale_intraday", "WARN")]
    assert called(house, OPEN + 3 * DAY + MINUTE) == [("stale_intraday", "WARN")]
    priced(house, made, OPEN + 3 * DAY + 2 * MINUTE)
    assert called(house, OPEN + 3 * DAY + 3 * MINUTE) == []


def test_who_has_closes_only_is_missed_by_closes_only(house: House) -> None:
    """All session long there is nothing newer than yesterday's, and that is as it should be."""
    made = open_example(house)
    closed(house, made, CLOSE - DAY)

    assert called(house, CLOSE - MINUTE) == []
    assert called(house, CLOSE + 119 * MINUTE) == []
    assert called(house, CLOSE + 120 * MINUTE) == [("missing_close", "WARN")]
    closed(house, made, CLOSE)
    assert called(house, CLOSE + 130 * MINUTE) == []
    assert "the close of 2026-11-20, 120 minutes after 21:00 UTC" in said(house)[0]["message"]


@pytest.mark.parametrize(
    ("before", "closes"),
    [
        (
            datetime(2026, 11, 25, 21, 0, tzinfo=UTC),
            datetime(2026, 11, 27, 18, 0, tzinfo=UTC),
        ),
        (
            datetime(2025, 1, 8, 21, 0, tzinfo=UTC),
            datetime(2025, 1, 10, 21, 0, tzinfo=UTC),
        ),
        (
            datetime(2026, 11, 20, 21, 0, tzinfo=UTC),
            datetime(2026, 11, 23, 21, 0, tzinfo=UTC),
        ),
        (
            datetime(2026, 3, 6, 21, 0, tzinfo=UTC),
            datetime(2026, 3, 9, 20, 0, tzinfo=UTC),
        ),
    ],
)
def test_a_close_is_due_two_hours_after_its_venue_has_closed(
    house: House, before: datetime, closes: datetime
) -> None:
    closed(house, open_example(house), before)

    assert called(house, closes + 119 * MINUTE) == []
    assert called(house, closes + 121 * MINUTE) == [("missing_close", "WARN")]


def test_each_venue_closes_at_its_own_time(house: House) -> None:
    made = open_example(house, exchange="XTKS")
    closed(house, made, datetime(2026, 11, 19, 6, 30, tzinfo=UTC))

    assert called(house, datetime(2026, 11, 20, 8, 29, tzinfo=UTC)) == []
    assert called(house, datetime(2026, 11, 20, 8, 31, tzinfo=UTC)) == [("missing_close", "WARN")]


def test_over_lunch_nothing_is_missed(house: House) -> None:
    """Tokyo pauses for an hour; twenty minutes before it and five after are twenty-five of the session."""
    made = open_example(house, exchange="XTKS")
    priced(house, made, datetime(2026, 11, 20, 2, 10, tzinfo=UTC))

    assert called(house, datetime(2026, 11, 20, 3, 35, tzinfo=UTC)) == []
    assert called(house, datetime(2026, 11, 20, 3, 41, tzinfo=UTC)) == [("stale_intraday", "WARN")]


def test_three_days_without_any_price_are_told_weekends_left_out(house: House) -> None:
    """The close of Wednesday is three days old on Monday evening."""
    closed(house, open_example(house), CLOSE - 2 * DAY)
    monday = CLOSE + 3 * DAY

    assert ("stale_close", "WARN") not in called(house, monday - MINUTE)
    assert ("stale_close", "WARN") in called(house, monday + MINUTE)


def test_a_listing_without_closes_is_missed_where_it_is_monitored(house: House) -> None:
    """Whoever puts it on the list wants its closes; what is only traded may have none."""
    made = open_example(house)
    priced(house, made, CLOSE - MINUTE)
    assert called(house, CLOSE + 121 * MINUTE) == []

    wanted = Constituent(
        listing_id=made.listing_id, sleeve="all", role="invested", priority=1, monitored=True
    )
    put(house.ledger, by_hand(house), made.portfolio_id, [wanted])

    assert called(house, CLOSE + 122 * MINUTE) == [("missing_close", "WARN")]


def test_a_frozen_portfolio_is_told_nothing_new_and_what_is_over_is_over(house: House) -> None:
    made, still = open_example(house), open_example(house, symbol="PEP")
    priced(house, made, IN_SESSION)
    called(house, IN_SESSION + 31 * MINUTE)
    priced(house, still, IN_SESSION + 31 * MINUTE)
    for each in (made, still):
        portfolios.freeze(house.ledger, by_hand(house), each.portfolio_id, "I want to look first")

    assert called(house, IN_SESSION + 80 * MINUTE) == [("stale_intraday", "WARN")]
    priced(house, made, IN_SESSION + 81 * MINUTE)
    assert called(house, IN_SESSION + 82 * MINUTE) == []
    portfolios.unfreeze(house.ledger, by_hand(house), still.portfolio_id, "I have looked")
    assert called(house, IN_SESSION + 83 * MINUTE) == [("stale_intraday", "WARN")]


def test_what_nobody_holds_or_monitors_is_not_missed(house: House) -> None:
    made = open_example(house, shares="0")
    priced(house, made, IN_SESSION)
    assert called(house, IN_SESSION + 31 * MINUTE) == [("stale_intraday", "WARN")]

    positions.close(house.ledger, by_hand(house), made.position_id)

    assert called(house, IN_SESSION + 32 * MINUTE) == []


def test_a_call_that_a_person_has_closed_is_not_repeated_for_the_same_case(house: House) -> None:
    """It would come back every minute. When the feed has lived again and dies again, it is another case."""
    made = open_example(house)
    priced(house, made, IN_SESSION)
    called(house, IN_SESSION + 31 * MINUTE)
    about = (made.portfolio_id, made.listing_id, "stale_intraday")
    state = house.ledger.load(ALERT, stream_of(*about)).state
    assert state is not None
    alert_commands.resolve(house.ledger, by_hand(house), about, state.id, "I know")

    assert called(house, IN_SESSION + 32 * MINUTE) == []
    assert called(house, IN_SESSION + 90 * MINUTE) == []
    priced(house, made, IN_SESSION + 91 * MINUTE)
    assert called(house, IN_SESSION + 130 * MINUTE) == [("stale_intraday", "WARN")]


def test_each_portfolio_is_called_for_itself_and_a_replay_is_not(house: House) -> None:
    first, second = open_example(house), open_example(house, symbol="PEP")
    priced(house, first, IN_SESSION)
    priced(house, second, IN_SESSION)
    with house.pool.connection() as connection:
        connection.execute(
            "update portfolios set clock = 'replay' where portfolio_id = %s", (second.portfolio_id,)
        )

    called(house, IN_SESSION + 31 * MINUTE)

    assert [each["portfolio_id"] for each in said(house)] == [first.portfolio_id]


def test_a_listing_that_cannot_be_valued_is_told_until_there_is_a_rate(house: House) -> None:
    """Pounds in a portfolio of dollars."""
    made = open_example(house)
    pound = house.ledger.new_id()
    _register_in_pounds(house, pound)
    wanted = Constituent(listing_id=pound, sleeve="all", role="invested", priority=1, monitored=True)
    put(house.ledger, by_hand(house), made.portfolio_id, [wanted])

    assert ("stale_fx", "WARN") in called(house, IN_SESSION)
    _rate(house, IN_SESSION - 2 * DAY)
    assert ("stale_fx", "WARN") not in called(house, IN_SESSION + MINUTE)
    assert ("stale_fx", "WARN") in called(house, IN_SESSION + DAY + MINUTE)


def test_without_a_calendar_or_any_price_nothing_is_said(house: House) -> None:
    unknown = open_example(house, exchange="XXXX")
    priced(house, unknown, IN_SESSION)
    open_example(house)

    assert called(house, IN_SESSION + DAY) == []


def test_the_watch_looks_by_itself_and_outlives_what_goes_wrong(house: House) -> None:
    """Its first look fails."""
    priced(house, open_example(house), IN_SESSION)
    house.ledger.clock = lambda: IN_SESSION + 31 * MINUTE
    real = house.watch
    looks: list[None] = []

    def watch() -> None:
        looks.append(None)
        if len(looks) == 1:
            raise ValueError("the first look")
        real()

    house.__dict__["watch"] = watch
    with Watching(house, look_seconds=0.01):
        eventually(lambda: said(house))
    assert [each["rule"] for each in said(house)] == ["stale_intraday"]


def _register_in_pounds(house: House, listing_id: UUID) -> None:
    wanted = ListingRegistered(
        listing_id=listing_id, symbol="VOD", exchange="XLON", currency="GBP", quote_unit="GBX", lot=Decimal(1)
    )
    house.keep_listings.register(by_hand(house), wanted)


def _rate(house: House, as_of: datetime) -> None:
    with house.pool.connection() as connection:
        connection.execute(
            "insert into fx_rates (base, quote, as_of, source, rate) values ('GBP', 'USD', %s, 'test', 1.25)",
            (as_of,),
        )
