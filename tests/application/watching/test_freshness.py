"""How fresh a price is: by the clock in session, by days on which it could have traded else."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.calendars.exchange_sessions import ExchangeSessions
from application.hours import hours_between
from domain.freshness import stale_since

SESSIONS = ExchangeSessions()
MINUTE = timedelta(minutes=1)


def new_york(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment of 2025 in UTC, told by the clock of New York (five hours behind in winter)."""
    return datetime(2025, month, day, hour, minute, tzinfo=UTC) + timedelta(hours=5)


def since(as_of: datetime, now: datetime, exchange: str = "XNYS") -> datetime | None:
    """Since when a price is too old."""
    return stale_since(as_of, now, hours_between(SESSIONS, exchange, as_of, now))


def test_in_session_a_price_may_be_half_an_hour_old() -> None:
    as_of = new_york(18, 11)
    assert since(as_of, as_of + 30 * MINUTE) is None
    assert since(as_of, as_of + 31 * MINUTE) == as_of + 30 * MINUTE


def test_at_the_open_yesterdays_price_is_stale_at_once() -> None:
    """It was good all night, and the session begins without one of its own."""
    as_of = new_york(18, 15, 59)
    assert since(as_of, new_york(19, 9, 29)) is None
    assert since(as_of, new_york(19, 9, 31)) == new_york(19, 9, 30)


def test_a_price_from_just_before_the_open_lasts_its_half_hour() -> None:
    as_of = new_york(18, 9, 20)
    assert since(as_of, new_york(18, 9, 49)) is None
    assert since(as_of, new_york(18, 9, 51)) == new_york(18, 9, 50)


def test_out_of_session_it_may_be_three_days_old() -> None:
    """A Tuesday's close is good until Friday's, out of session."""
    close = new_york(18, 16)
    assert since(close, new_york(21, 7)) is None
    assert since(close, new_york(21, 16, 1)) == new_york(21, 16)


@pytest.mark.parametrize(
    ("close", "good_until"),
    [
        (new_york(21, 16), new_york(26, 16)),  # a Friday: Saturday and Sunday do not count
        (
            new_york(26, 16),
            new_york(2, 16, month=12),
        ),  # nor does Thanksgiving before them; the Friday is a half day
        (new_york(8, 16, month=1), new_york(14, 16, month=1)),  # nor the day on which a president was mourned
    ],
)
def test_days_without_a_session_do_not_count(close: datetime, good_until: datetime) -> None:
    assert since(close, good_until - timedelta(hours=7)) is None
    assert since(close, good_until + MINUTE) == good_until


def test_each_venue_has_its_own_days() -> None:
    """On Thanksgiving London trades."""
    close = datetime(2025, 11, 26, 16, 30, tzinfo=UTC)
    assert since(close, datetime(2025, 12, 1, 7, 0, tzinfo=UTC), "XLON") is None
    assert since(close, datetime(2025, 12, 1, 17, 0, tzinfo=UTC), "XLON") == datetime(
        2025, 12, 1, 16, 30, tzinfo=UTC
    )


def test_without_a_calendar_every_day_counts() -> None:
    close = new_york(21, 16)
    assert since(close, new_york(24, 16), "XXXX") is None
    assert since(close, new_york(24, 16, 1), "XXXX") == new_york(24, 16)


def test_a_price_of_years_ago_is_stale_without_asking_day_by_day() -> None:
    assert since(new_york(18, 16) - timedelta(days=9_000), new_york(18, 18)) is not None
