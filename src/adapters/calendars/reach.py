"""The days that a venue's calendar knows, as the venue's own clock divides them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from domain.sessions import BeyondCalendar

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reach:
    """From the ``first`` day to the ``last``, both known: between them every day is settled, traded or not."""

    exchange: str
    zone: tzinfo
    first: date
    last: date

    def require(self, day: date) -> None:
        """Raises BeyondCalendar for a day outside."""
        if not self.first <= day <= self.last:
            raise BeyondCalendar(self.exchange, day, self.first, self.last)

    def day_at(self, at: datetime) -> date:
        """The date at the venue at an instant, which must lie within reach."""
        try:
            day = at.astimezone(self.zone).date()
        except OverflowError:  # at either end of what a date can say, the date at the venue may be past it
            day = date.min if at.year == date.min.year else date.max
        self.require(day)
        return day

    def day_bounds(self, day: date) -> tuple[datetime, datetime]:
        """The first instant of the venue's day and the first of its next, in UTC: 23, 24 or 25 hours apart.

        Where clocks change at midnight, as in Santiago, the day begins at the change.
        """
        self.require(day)
        return self._begin(day), self._begin(day + DAY)

    def _begin(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.zone).astimezone(UTC)
