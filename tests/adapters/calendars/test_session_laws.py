"""Laws of sessions, at any instant and on any day; the library's own answers are the oracle where it has any."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import exchange_calendars
import pandas
from hypothesis import assume, given
from hypothesis import strategies as st

from adapters.calendars.exchange_sessions import ExchangeSessions
from domain.sessions import Session

SESSIONS = ExchangeSessions()
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
DAYTIME = ("XNYS", "XLON", "XASX", "XHKG", "XTKS", "XSGO")
OVERNIGHT = ("CMES", "IEPA")
EXCHANGES = (*DAYTIME, *OVERNIGHT)


@cache
def library(exchange: str) -> Any:
    first, last = SESSIONS.reaches(exchange)
    return exchange_calendars.get_calendar(exchange, start=first.isoformat(), end=last.isoformat())


@cache
def trading_days(exchange: str) -> tuple[date, ...]:
    return tuple(library(exchange).sessions.date)


@st.composite
def instants(draw: st.DrawFn, exchange: str) -> datetime:
    """Any instant the calendar reaches, most of them on or beside an open, a close or a break's edge."""
    calendar = library(exchange)
    schedule = calendar.schedule
    row = schedule.iloc[draw(st.integers(0, len(schedule) - 1))]
    edge = draw(st.sampled_from([moment for moment in row if not pandas.isna(moment)]))
    nearby = st.sampled_from([-INSTANT, timedelta(0), INSTANT])
    anywhere = st.timedeltas(timedelta(days=-2), timedelta(days=2))
    at: datetime = edge.to_pydatetime() + draw(nearby | anywhere)
    # Outside, and in the very last minute, the library is silent; for what we answer there see test_horizon.
    assume(schedule.close.iloc[0] < at <= calendar.last_minute)
    return at


def days(exchange: str) -> st.SearchStrategy[date]:
    return st.dates(*SESSIONS.reaches(exchange))


def open_and_close(exchange: str, day: date) -> tuple[datetime, datetime]:
    opens, closes = SESSIONS.open_of(exchange, day), SESSIONS.close_of(exchange, day)
    assert opens is not None
    assert closes is not None
    return opens, closes


@given(st.data(), st.sampled_from(EXCHANGES))
def test_open_and_day_agree_with_the_library(data: st.DataObject, exchange: str) -> None:
    at = data.draw(instants(exchange))
    calendar, asked = library(exchange), pandas.Timestamp(at)
    session = SESSIONS.session_at(exchange, at)
    assert session.open == calendar.is_open_at_time(asked, side="both")
    schedule = calendar.schedule
    around = schedule[(schedule.open <= asked) & (asked <= schedule.close)]
    assert session.day == (around.index[0] if session.open else asked.tz_convert(calendar.tz)).date()


@given(st.data(), st.sampled_from(EXCHANGES))
def test_opens_and_closes_agree_with_the_library(data: st.DataObject, exchange: str) -> None:
    day = data.draw(days(exchange) | st.sampled_from(trading_days(exchange)))
    calendar, asked = library(exchange), pandas.Timestamp(day)
    if calendar.is_session(asked):
        opens, closes = open_and_close(exchange, day)
        assert (opens, closes) == (calendar.session_open(asked), calendar.session_close(asked))
    else:
        assert (SESSIONS.open_of(exchange, day), SESSIONS.close_of(exchange, day)) == (None, None)


@given(st.data(), st.sampled_from(EXCHANGES))
def test_a_decision_at_the_close_is_in_the_session_that_closes(data: st.DataObject, exchange: str) -> None:
    day = data.draw(st.sampled_from(trading_days(exchange)))
    _, closes = open_and_close(exchange, day)
    assert SESSIONS.session_at(exchange, closes) == Session(exchange, day, open=True)


@given(st.data(), st.sampled_from(EXCHANGES))
def test_the_previous_close_is_the_newest_before(data: st.DataObject, exchange: str) -> None:
    at = data.draw(instants(exchange))
    previous = SESSIONS.previous_close(exchange, at)
    assert previous < at
    closes = library(exchange).schedule.close
    assert previous == closes[closes < pandas.Timestamp(at)].iloc[-1]


@given(st.data(), st.sampled_from(EXCHANGES))
def test_nothing_opens_between_a_day_and_its_next_open(data: st.DataObject, exchange: str) -> None:
    """And asked again on the day of that session it is the same open: an ex-date takes effect once."""
    day = data.draw(days(exchange))
    opens = SESSIONS.first_open_on_or_after(exchange, day)
    session = SESSIONS.session_at(exchange, opens + INSTANT)
    assert session.open
    assert session.day >= day
    assert not [each for each in _between(day, session.day) if SESSIONS.open_of(exchange, each)]
    assert SESSIONS.open_of(exchange, session.day) == opens
    assert SESSIONS.first_open_on_or_after(exchange, session.day) == opens


def _between(day: date, end: date) -> list[date]:
    return [day + number * DAY for number in range((end - day).days)]


@given(st.data(), st.sampled_from(EXCHANGES))
def test_venue_days_follow_one_another_and_change_with_its_clock(data: st.DataObject, exchange: str) -> None:
    first, last = SESSIONS.reaches(exchange)
    day = data.draw(st.dates(first, last - DAY))
    begins, ends = SESSIONS.day_bounds(exchange, day)
    assert ends == SESSIONS.day_bounds(exchange, day + DAY)[0]
    assert ends - begins in {timedelta(hours=hours) for hours in (23, 24, 25)}
    clock = library(exchange).tz
    dates = [at.astimezone(clock).date() for at in (begins - INSTANT, begins, ends - INSTANT, ends)]
    assert dates == [day - DAY, day, day, day + DAY]
    assert begins.tzinfo is UTC


@given(st.data(), st.sampled_from(DAYTIME))
def test_a_session_lies_within_its_own_day(data: st.DataObject, exchange: str) -> None:
    day = data.draw(st.sampled_from(trading_days(exchange)))
    begins, ends = SESSIONS.day_bounds(exchange, day)
    opens, closes = open_and_close(exchange, day)
    assert begins <= opens < closes < ends


@given(st.data(), st.sampled_from(OVERNIGHT))
def test_futures_open_on_the_evening_before_and_close_on_their_day(
    data: st.DataObject, exchange: str
) -> None:
    day = data.draw(st.sampled_from(trading_days(exchange)))
    begins, ends = SESSIONS.day_bounds(exchange, day)
    opens, closes = open_and_close(exchange, day)
    assert begins - DAY < opens < begins < closes < ends


@given(st.data(), st.sampled_from(DAYTIME))
def test_an_instant_counts_for_the_venues_day_that_holds_it(data: st.DataObject, exchange: str) -> None:
    at = data.draw(instants(exchange))
    begins, ends = SESSIONS.day_bounds(exchange, SESSIONS.session_at(exchange, at).day)
    assert begins <= at < ends
