"""The sessions of real exchanges: known days, and agreement with the library's own answers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.calendars.exchange_sessions import ExchangeSessions
from domain.sessions import BeyondCalendar, Session, UnknownExchange

SESSIONS = ExchangeSessions()
NEW_YORK = ZoneInfo("America/New_York")
INSTANT = timedelta(microseconds=1)
ORACLES = ("XNYS", "XLON", "XHKG", "XTKS", "CMES")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def new_york(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("exchange", "day", "closes"),
    [
        pytest.param("XNYS", date(2019, 11, 27), utc("2019-11-27 21:00"), id="a full day in New York"),
        pytest.param(
            "XNYS", date(2019, 11, 29), utc("2019-11-29 18:00"), id="the half day after Thanksgiving"
        ),
        pytest.param(
            "XNYS", date(2024, 3, 8), utc("2024-03-08 21:00"), id="the last close before summer time"
        ),
        pytest.param("XNYS", date(2024, 3, 11), utc("2024-03-11 20:00"), id="the first close in summer time"),
        pytest.param("XLON", date(2024, 3, 28), utc("2024-03-28 16:30"), id="London before its summer time"),
        pytest.param(
            "XLON", date(2024, 4, 2), utc("2024-04-02 15:30"), id="London after Easter, in summer time"
        ),
        pytest.param(
            "XLON", date(2024, 12, 24), utc("2024-12-24 12:30"), id="London's half day on Christmas Eve"
        ),
        pytest.param("XNAS", date(2019, 11, 29), utc("2019-11-29 18:00"), id="Nasdaq keeps New York's days"),
        pytest.param("XNYS", date(2020, 4, 14), utc("2020-04-14 20:00"), id="an ordinary Tuesday"),
    ],
)
def test_a_session_closes_when_its_venue_does(exchange: str, day: date, closes: datetime) -> None:
    assert SESSIONS.close_of(exchange, day) == closes


@pytest.mark.parametrize(
    ("exchange", "day"),
    [
        pytest.param("XNYS", date(2019, 11, 28), id="Thanksgiving"),
        pytest.param("XNYS", date(2012, 10, 29), id="a hurricane"),
        pytest.param("XNYS", date(2001, 9, 12), id="the days after the attacks of 2001"),
        pytest.param("XNYS", date(2024, 5, 4), id="a Saturday"),
        pytest.param("XLON", date(2024, 3, 29), id="Good Friday"),
        pytest.param("XLON", date(2024, 4, 1), id="Easter Monday"),
    ],
)
def test_a_day_without_trading_has_no_open_and_no_close(exchange: str, day: date) -> None:
    assert SESSIONS.close_of(exchange, day) is None
    assert SESSIONS.open_of(exchange, day) is None


def test_new_york_trades_on_easter_monday() -> None:
    assert SESSIONS.close_of("XNYS", date(2024, 4, 1)) is not None


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        pytest.param(new_york("2024-05-07 09:30") - INSTANT, False, id="just before the open"),
        pytest.param(new_york("2024-05-07 09:30"), True, id="at the open"),
        pytest.param(new_york("2024-05-07 16:00"), True, id="at the close"),
        pytest.param(new_york("2024-05-07 16:00") + INSTANT, False, id="just after the close"),
        pytest.param(new_york("2019-11-29 13:00"), True, id="at a half day's close"),
        pytest.param(new_york("2019-11-29 13:00") + INSTANT, False, id="just after a half day's close"),
        pytest.param(utc("2024-03-08 14:00"), False, id="14:00 UTC in winter is before the open"),
        pytest.param(utc("2024-03-11 14:00"), True, id="14:00 UTC in summer is after the open"),
    ],
)
def test_the_open_and_the_close_belong_to_the_session(at: datetime, is_open: bool) -> None:
    assert SESSIONS.session_at("XNYS", at) == Session("XNYS", at.astimezone(NEW_YORK).date(), is_open)


def test_an_evening_belongs_to_the_day_at_the_venue_not_in_london() -> None:
    """21:00 in New York is the next day in UTC; its decisions count with the session that ended at 16:00."""
    assert SESSIONS.session_at("XNYS", utc("2024-05-08 01:00")) == Session(
        "XNYS", date(2024, 5, 7), open=False
    )


def test_a_saturday_is_its_own_day() -> None:
    assert SESSIONS.session_at("XNYS", new_york("2024-05-04 12:00")) == Session(
        "XNYS", date(2024, 5, 4), False
    )


def test_the_zone_an_instant_is_written_in_does_not_matter() -> None:
    at = new_york("2024-05-07 16:00")
    far = at.astimezone(timezone(timedelta(hours=14)))
    assert SESSIONS.session_at("XNYS", far) == SESSIONS.session_at("XNYS", at)


def test_a_lunch_break_is_closed_and_its_edges_are_open() -> None:
    noon, one = utc("2024-05-07 04:00"), utc("2024-05-07 05:00")  # 12:00 and 13:00 in Hong Kong
    states = [SESSIONS.session_at("XHKG", at).open for at in (noon, noon + INSTANT, one - INSTANT, one)]
    assert states == [True, False, False, True]
    assert SESSIONS.close_of("XHKG", date(2024, 5, 7)) == utc("2024-05-07 08:00")


def test_a_session_that_opens_the_evening_before_has_its_own_date() -> None:
    """Chicago's futures open at 17:00 for the next day, the moment the session before them closes."""
    close = utc("2024-05-07 22:00")
    assert SESSIONS.session_at("CMES", close) == Session("CMES", date(2024, 5, 7), open=True)
    assert SESSIONS.session_at("CMES", close + INSTANT) == Session("CMES", date(2024, 5, 8), open=True)


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="names no zone"):
        SESSIONS.session_at("XNYS", datetime(2024, 5, 7, 12))  # noqa: DTZ001  that it is naive is the point


def test_calendars_reach_back_to_1990() -> None:
    assert SESSIONS.reaches("XNYS")[0] == date(1990, 1, 2)
    assert SESSIONS.close_of("XNYS", date(1990, 1, 2)) == utc("1990-01-02 21:00")


def test_a_calendar_that_begins_later_reaches_back_to_its_beginning() -> None:
    assert SESSIONS.reaches("XTKS")[0] == date(1997, 1, 6)


def test_before_the_first_session_nothing_is_guessed() -> None:
    first, last = SESSIONS.reaches("XNYS")
    with pytest.raises(BeyondCalendar, match=f"XNYS are known from {first} to {last}; 1989-12-29 is not"):
        SESSIONS.close_of("XNYS", date(1989, 12, 29))
    with pytest.raises(BeyondCalendar):
        SESSIONS.close_of("XNYS", first - timedelta(days=1))
    with pytest.raises(BeyondCalendar):
        SESSIONS.session_at("XNYS", new_york("1990-01-01 12:00"))
    assert SESSIONS.session_at("XNYS", new_york("1990-01-02 08:00")) == Session("XNYS", first, open=False)


def test_beyond_the_horizon_nothing_is_guessed() -> None:
    _, last = SESSIONS.reaches("XNYS")
    close = SESSIONS.close_of("XNYS", last)
    assert close is not None
    assert SESSIONS.session_at("XNYS", close) == Session("XNYS", last, open=True)
    with pytest.raises(BeyondCalendar, match="are known from"):
        SESSIONS.session_at("XNYS", close + timedelta(days=1))
    with pytest.raises(BeyondCalendar):
        SESSIONS.close_of("XNYS", last + timedelta(days=1))


@pytest.mark.parametrize(
    "name", ["XXXX", "NYSE", "NASDAQ", "24/7", "us_futures", "xnys", "", "XNYS\n", "ＸＮＹＳ"]
)
def test_a_name_that_is_no_market_identifier_is_refused_by_that_name(name: str) -> None:
    with pytest.raises(UnknownExchange) as refusal:
        SESSIONS.session_at(name, utc("2024-05-07 12:00"))
    assert refusal.value.exchange == name
    assert f"exchange {name}:" in str(refusal.value)


def test_threads_that_ask_first_at_once_get_one_answer() -> None:
    fresh = ExchangeSessions()
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: fresh.session_at("XLON", utc("2024-05-07 12:00")), range(32)))
    assert set(answers) == {Session("XLON", date(2024, 5, 7), open=True)}


@pytest.mark.parametrize(
    ("exchange", "start", "end", "hours"),
    [
        pytest.param("XNYS", "2024-05-07 00:00", "2024-05-08 00:00", "6.5", id="a day"),
        pytest.param("XNYS", "2024-05-07 14:30", "2024-05-07 15:00", "0.5", id="within a session"),
        pytest.param("XNYS", "2024-05-07 20:00", "2024-05-08 13:30", "0", id="a night"),
        pytest.param("XNYS", "2024-05-03 19:00", "2024-05-06 14:30", "2", id="over a weekend"),
        pytest.param(
            "XNYS", "2019-11-28 00:00", "2019-11-30 00:00", "3.5", id="Thanksgiving and its half day"
        ),
        pytest.param("XNYS", "2024-05-08 00:00", "2024-05-07 00:00", "0", id="backwards"),
        pytest.param("XHKG", "2024-05-07 00:00", "2024-05-08 00:00", "5.5", id="without the lunch break"),
        pytest.param("XSIM", "2024-05-04 00:00", "2024-05-05 00:00", "24", id="the venue that never closes"),
    ],
)
def test_open_time_counts_sessions_only(exchange: str, start: str, end: str, hours: str) -> None:
    assert SESSIONS.open_seconds(exchange, utc(start), utc(end)) == Decimal(hours) * 3600


def test_open_time_is_exact_to_the_microsecond() -> None:
    opens = utc("2024-05-07 13:30")
    assert SESSIONS.open_seconds("XNYS", opens - INSTANT, opens + 3 * INSTANT) == Decimal("0.000003")


def test_open_time_beyond_the_calendar_is_not_guessed() -> None:
    with pytest.raises(BeyondCalendar):
        SESSIONS.open_seconds("XNYS", utc("1980-01-02 00:00"), utc("2024-05-07 00:00"))


@given(st.lists(st.integers(0, 9 * 365 * 86_400), min_size=3, max_size=3))
def test_open_time_adds_up(moments: list[int]) -> None:
    began = utc("2015-01-01 00:00")
    first, middle, last = (began + timedelta(seconds=second) for second in sorted(moments))
    parts = SESSIONS.open_seconds("XHKG", first, middle) + SESSIONS.open_seconds("XHKG", middle, last)
    assert parts == SESSIONS.open_seconds("XHKG", first, last)
