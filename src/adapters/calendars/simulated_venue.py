"""The venue of demonstrations and simulations: always open."""

from datetime import UTC, date, datetime, time

from adapters.calendars.reach import DAY, Reach
from adapters.calendars.venue import MICROSECOND, microseconds
from domain.sessions import Session

SIMULATED = "XSIM"


class SimulatedVenue:
    """Each UTC date is a session, from its first microsecond to its last.

    It reaches as far as dates do, but for the outermost two: every day has one before it and one after.
    """

    reach = Reach(SIMULATED, UTC, date.min + DAY, date.max - DAY)

    def session_at(self, at: datetime) -> Session:
        return Session(SIMULATED, self.reach.day_at(at), open=True)

    def open_of(self, day: date) -> datetime | None:
        return self.first_open_on_or_after(day)

    def close_of(self, day: date) -> datetime | None:
        return self.first_open_on_or_after(day) + DAY - MICROSECOND

    def first_open_on_or_after(self, day: date) -> datetime:
        return datetime.combine(day, time.min, UTC)

    def previous_close(self, at: datetime) -> datetime:
        return self.first_open_on_or_after(self.reach.day_at(at)) - MICROSECOND

    def open_microseconds(self, start: datetime, end: datetime) -> int:
        return max(0, microseconds(end) - microseconds(start))
