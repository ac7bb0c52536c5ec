"""Where a calendar ends nothing is guessed, and a person is told ninety days before."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from adapters.calendars.exchange_sessions import ExchangeSessions
from adapters.calendars.scheduled_venue import ScheduledVenue, Spell
from domain.sessions import BeyondCalendar

SESSIONS = ExchangeSessions()
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
EXCHANGES = ("XNYS", "XTKS", "XSES", "CMES")

OF_A_DAY: list[Callable[[str, date], object]] = [
    SESSIONS.open_of,
    SESSIONS.close_of,
    SESSIONS.first_open_on_or_after,
    SESSIONS.day_bounds,
]
OF_AN_INSTANT: list[Callable[[str, datetime], object]] = [
    SESSIONS.session_at,
    SESSIONS.previous_close,
    lambda exchange, at: SESSIONS.open_seconds(exchange, at, at),
]


@pytest.mark.parametrize("exchange", EXCHANGES)
def test_the_last_day_is_known_and_the_next_is_not(exchange: str) -> None:
    _, last = SESSIONS.reaches(exchange)
    for ask in OF_A_DAY:
        assert ask(exchange, last) is not None
        with pytest.raises(BeyondCalendar, match=f"{last + DAY} is not"):
            ask(exchange, last + DAY)


@pytest.mark.parametrize("exchange", EXCHANGES)
def test_the_day_before_the_first_is_not_known(exchange: str) -> None:
    first, _ = SESSIONS.reaches(exchange)
    for ask in OF_A_DAY:
        assert ask(exchange, first) is not None
        with pytest.raises(BeyondCalendar, match=f"{first - DAY} is not"):
            ask(exchange, first - DAY)


@pytest.mark.parametrize("exchange", ["XNYS", "XTKS", "XSES"])
def test_the_last_day_ends_with_the_venues_midnight(exchange: str) -> None:
    _, last = SESSIONS.reaches(exchange)
    _, ends = SESSIONS.day_bounds(exchange, last)
    for ask in OF_AN_INSTANT:
        assert ask(exchange, ends - INSTANT) is not None
        with pytest.raises(BeyondCalendar):
            ask(exchange, ends)
    assert SESSIONS.previous_close(exchange, ends - INSTANT) == SESSIONS.close_of(exchange, last)


def test_before_the_first_close_there_is_no_previous_one() -> None:
    first, _ = SESSIONS.reaches("XNYS")
    closes = SESSIONS.close_of("XNYS", first)
    assert closes is not None
    with pytest.raises(BeyondCalendar, match=f"{first - DAY} is not"):
        SESSIONS.previous_close("XNYS", closes)
    assert SESSIONS.previous_close("XNYS", closes + INSTANT) == closes


def test_the_last_evening_of_futures_is_not_called_closed() -> None:
    """The session after the last known one may have opened at 17:00; nobody knows."""
    opens, closes = (datetime(2026, 11, day, 23, tzinfo=UTC) for day in (18, 19))
    spell = Spell(int(opens.timestamp()), int(closes.timestamp()), date(2026, 11, 19))
    venue = ScheduledVenue("CMES", ZoneInfo("America/Chicago"), [spell])
    assert venue.session_at(closes).open
    with pytest.raises(BeyondCalendar, match="2026-11-20 is not"):
        venue.session_at(closes + INSTANT)


@pytest.mark.parametrize("exchange", ["XNYS", "XSES"])
def test_ninety_days_before_its_end_nothing_is_said_yet(exchange: str) -> None:
    _, last = SESSIONS.reaches(exchange)
    assert SESSIONS.warning(exchange, last - 90 * DAY) is None
    warning = SESSIONS.warning(exchange, last - 89 * DAY)
    assert warning is not None
    assert (warning.exchange, warning.last) == (exchange, last)
    assert f"calendar of {exchange} ends on {last}, 89 days ahead" in warning.sentence


def test_a_calendar_that_has_ended_is_said_to_have() -> None:
    _, last = SESSIONS.reaches("XNYS")
    warning = SESSIONS.warning("XNYS", last + DAY)
    assert warning is not None
    assert f"calendar of XNYS ended on {last}:" in warning.sentence


def test_an_exchange_without_a_calendar_is_told_of_too() -> None:
    warning = SESSIONS.warning("XXXX", date(2026, 11, 20))
    assert warning is not None
    assert (warning.exchange, warning.last) == ("XXXX", None)
    assert warning.sentence.startswith("There is no calendar for exchange XXXX")


def test_of_the_simulated_venue_nothing_is_ever_said() -> None:
    assert SESSIONS.warning("XSIM", date(2300, 1, 1)) is None
