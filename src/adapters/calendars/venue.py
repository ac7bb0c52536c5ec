"""What is known of one exchange's hours; ExchangeSessions holds one venue for each exchange it was asked for."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from adapters.calendars.reach import Reach
from domain.sessions import Session

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Venue(Protocol):
    """Answers for days within its reach, which the caller has seen to, and for instants, which it sees to."""

    reach: Reach

    def session_at(self, at: datetime) -> Session: ...

    def open_of(self, day: date) -> datetime | None: ...

    def close_of(self, day: date) -> datetime | None: ...

    def first_open_on_or_after(self, day: date) -> datetime: ...

    def previous_close(self, at: datetime) -> datetime: ...

    def open_microseconds(self, start: datetime, end: datetime) -> int: ...


def microseconds(at: datetime) -> int:
    """How long after 1970 an instant is, exactly."""
    return (at - EPOCH) // MICROSECOND
