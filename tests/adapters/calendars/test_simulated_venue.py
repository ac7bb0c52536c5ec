"""The venue that never closes: its sessions are the UTC dates."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.calendars.exchange_sessions import ExchangeSessions
from domain.sessions import BeyondCalendar, Session

SESSIONS = ExchangeSessions()
FIRST, LAST = date(1, 1, 2), date(9999, 12, 30)
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)

DAYS = st.dates(FIRST, LAST)
INSTANTS = st.builds(datetime.combine, DAYS, st.times(), st.just(UTC))


@given(INSTANTS)
def test_it_is_always_open_on_the_utc_date(at: datetime) -> None:
    assert SESSIONS.session_at("XSIM", at) == Session("XSIM", at.date(), open=True)


@given(DAYS)
def test_a_session_is_its_day_from_the_first_microsecond_to_the_last(day: date) -> None:
    opens, closes = SESSIONS.open_of("XSIM", day), SESSIONS.close_of("XSIM", day)
    assert opens is not None
    assert closes is not None
    assert SESSIONS.day_bounds("XSIM", day) == (opens, closes + INSTANT)
    assert opens == datetime.combine(day, datetime.min.time(), UTC)
    assert SESSIONS.first_open_on_or_after("XSIM", day) == opens
    assert SESSIONS.session_at("XSIM", opens) == SESSIONS.session_at("XSIM", closes)


@given(INSTANTS)
def test_the_previous_close_is_the_end_of_the_day_before(at: datetime) -> None:
    assert SESSIONS.previous_close("XSIM", at) == SESSIONS.day_bounds("XSIM", at.date())[0] - INSTANT


@pytest.mark.parametrize(
    "at",
    [
        pytest.param(datetime.min.replace(tzinfo=UTC), id="the first instant there is"),
        pytest.param(datetime.max.replace(tzinfo=UTC), id="the last"),
        pytest.param(
            datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), id="before the first in UTC"
        ),
        pytest.param(datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))), id="after the last in UTC"),
    ],
)
def test_where_dates_end_it_ends(at: datetime) -> None:
    for exchange in ("XSIM", "XNYS", "XTKS"):
        with pytest.raises(BeyondCalendar):
            SESSIONS.session_at(exchange, at)
        with pytest.raises(BeyondCalendar):
            SESSIONS.previous_close(exchange, at)


def test_the_outermost_dates_have_no_neighbour_and_are_not_known() -> None:
    assert SESSIONS.reaches("XSIM") == (FIRST, LAST)
    for day in (date.min, date.max):
        for ask in (
            SESSIONS.open_of,
            SESSIONS.close_of,
            SESSIONS.first_open_on_or_after,
            SESSIONS.day_bounds,
        ):
            with pytest.raises(BeyondCalendar):
                ask("XSIM", day)
