"""When sessions open and what closed before: half days, summer time on both hemispheres, lunch breaks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from adapters.calendars.exchange_sessions import ExchangeSessions
from domain.sessions import Session, UnknownExchange

SESSIONS = ExchangeSessions()
INSTANT = timedelta(microseconds=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("exchange", "day", "opens", "closes"),
    [
        ("XNYS", "2024-03-08", "2024-03-08 14:30", "2024-03-08 21:00"),
        ("XNYS", "2024-03-11", "2024-03-11 13:30", "2024-03-11 20:00"),
        ("XNYS", "2024-11-01", "2024-11-01 13:30", "2024-11-01 20:00"),
        ("XNYS", "2024-11-04", "2024-11-04 14:30", "2024-11-04 21:00"),
        ("XLON", "2024-03-28", "2024-03-28 08:00", "2024-03-28 16:30"),
        ("XLON", "2024-04-02", "2024-04-02 07:00", "2024-04-02 15:30"),
        ("XLON", "2024-10-25", "2024-10-25 07:00", "2024-10-25 15:30"),
        ("XLON", "2024-10-28", "2024-10-28 08:00", "2024-10-28 16:30"),
        ("XASX", "2024-04-05", "2024-04-04 23:00", "2024-04-05 05:00"),
        ("XASX", "2024-04-08", "2024-04-08 00:00", "2024-04-08 06:00"),
        ("XASX", "2024-10-04", "2024-10-04 00:00", "2024-10-04 06:00"),
        ("XASX", "2024-10-07", "2024-10-06 23:00", "2024-10-07 05:00"),
    ],
)
def test_hours_stay_on_the_venues_clock_when_it_changes(
    exchange: str, day: str, opens: str, closes: str
) -> None:
    """Sydney's summer time ends in April and begins in October, against New York's and London's."""
    of = date.fromisoformat(day)
    assert (SESSIONS.open_of(exchange, of), SESSIONS.close_of(exchange, of)) == (utc(opens), utc(closes))


@pytest.mark.parametrize("day", ["2024-11-29", "2024-12-24"])
def test_new_york_goes_home_at_one_after_thanksgiving_and_on_christmas_eve(day: str) -> None:
    of = date.fromisoformat(day)
    closes = utc(f"{day} 18:00")
    assert (SESSIONS.open_of("XNYS", of), SESSIONS.close_of("XNYS", of)) == (utc(f"{day} 14:30"), closes)
    assert SESSIONS.session_at("XNYS", closes).open
    assert SESSIONS.session_at("XNYS", closes + INSTANT) == Session("XNYS", of, open=False)


@pytest.mark.parametrize(
    ("exchange", "day", "opens"),
    [
        pytest.param("XNYS", "2024-05-07", "2024-05-07 13:30", id="a session is its own"),
        pytest.param("XNYS", "2024-05-04", "2024-05-06 13:30", id="a Saturday waits for Monday"),
        pytest.param(
            "XNYS", "2024-11-28", "2024-11-29 14:30", id="a holiday waits for the half day after it"
        ),
        pytest.param("XNYS", "2024-03-09", "2024-03-11 13:30", id="a weekend in which clocks change"),
        pytest.param("XLON", "2024-03-29", "2024-04-02 07:00", id="Easter is four days and an hour"),
        pytest.param("XTKS", "2024-05-03", "2024-05-07 00:00", id="Golden Week"),
        pytest.param("XASX", "2024-10-05", "2024-10-06 23:00", id="Monday in Sydney begins on Sunday in UTC"),
        pytest.param("CMES", "2024-05-05", "2024-05-05 22:00", id="Chicago's Monday opens on Sunday evening"),
    ],
)
def test_what_takes_effect_on_a_day_waits_for_the_next_open(exchange: str, day: str, opens: str) -> None:
    assert SESSIONS.first_open_on_or_after(exchange, date.fromisoformat(day)) == utc(opens)


@pytest.mark.parametrize(
    ("exchange", "at", "closed"),
    [
        pytest.param("XNYS", "2024-05-07 13:30", "2024-05-06 20:00", id="at the open"),
        pytest.param("XNYS", "2024-05-07 17:00", "2024-05-06 20:00", id="in session"),
        pytest.param("XNYS", "2024-05-07 20:00", "2024-05-06 20:00", id="at the very close"),
        pytest.param("XNYS", "2024-05-07 20:00:00.000001", "2024-05-07 20:00", id="after the close"),
        pytest.param("XNYS", "2024-05-05 12:00", "2024-05-03 20:00", id="on a Sunday"),
        pytest.param("XNYS", "2024-12-02 14:30", "2024-11-29 18:00", id="after the half day of Thanksgiving"),
        pytest.param("XNYS", "2024-12-26 14:30", "2024-12-24 18:00", id="after Christmas"),
        pytest.param("XNYS", "2024-03-11 13:30", "2024-03-08 21:00", id="summer time has begun"),
        pytest.param("XASX", "2024-04-08 00:00", "2024-04-05 05:00", id="summer time has ended in Sydney"),
        pytest.param("XHKG", "2024-05-07 04:30", "2024-05-06 08:00", id="lunch in Hong Kong closes nothing"),
        pytest.param("XTKS", "2024-05-08 03:00", "2024-05-07 06:00", id="nor does lunch in Tokyo"),
        pytest.param("CMES", "2024-05-07 22:00", "2024-05-06 22:00", id="where one opens as another closes"),
    ],
)
def test_the_previous_close_is_of_the_session_before(exchange: str, at: str, closed: str) -> None:
    assert SESSIONS.previous_close(exchange, utc(at)) == utc(closed)


@pytest.mark.parametrize(
    ("exchange", "opens", "pause", "resume", "closes"),
    [
        ("XHKG", "2024-05-07 01:30", "2024-05-07 04:00", "2024-05-07 05:00", "2024-05-07 08:00"),
        ("XTKS", "2024-05-07 00:00", "2024-05-07 02:30", "2024-05-07 03:30", "2024-05-07 06:00"),
    ],
)
def test_a_lunch_break_is_inside_the_session_and_closed(
    exchange: str, opens: str, pause: str, resume: str, closes: str
) -> None:
    day = date(2024, 5, 7)
    assert (SESSIONS.open_of(exchange, day), SESSIONS.close_of(exchange, day)) == (utc(opens), utc(closes))
    edges = [
        utc(opens) - INSTANT,
        utc(opens),
        utc(pause),
        utc(pause) + INSTANT,
        utc(resume) - INSTANT,
        utc(resume),
        utc(closes),
        utc(closes) + INSTANT,
    ]
    sessions = [SESSIONS.session_at(exchange, at) for at in edges]
    assert [each.open for each in sessions] == [False, True, True, False, False, True, True, False]
    assert {each.day for each in sessions} == {day}


def test_every_question_refuses_an_unknown_exchange() -> None:
    day, at = date(2024, 5, 7), utc("2024-05-07 12:00")
    for ask in (SESSIONS.open_of, SESSIONS.close_of, SESSIONS.first_open_on_or_after, SESSIONS.day_bounds):
        with pytest.raises(UnknownExchange):
            ask("XXXX", day)
    with pytest.raises(UnknownExchange):
        SESSIONS.previous_close("XXXX", at)


def test_the_close_before_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="names no zone"):
        SESSIONS.previous_close("XNYS", datetime(2024, 5, 7, 12))  # noqa: DTZ001  that it is naive is the point
