"""The sessions of the world's exchanges and of Ballast's simulated venue, by exchange.

An exchange's calendar is read when it is first needed; every question after that is a search in plain lists.
"""

from datetime import date, datetime
from decimal import Decimal
from threading import Lock

from adapters.calendars.calendar_warning import CalendarWarning
from adapters.calendars.library import read_venue
from adapters.calendars.simulated_venue import SIMULATED, SimulatedVenue
from adapters.calendars.venue import Venue
from domain.sessions import Session, UnknownExchange


class ExchangeSessions:
    """Answers which session an instant falls into and when sessions open and close, by ISO 10383 MIC.

    ``XSIM`` never closes: its trading day is the UTC date, from its first microsecond to its last. Every
    method raises UnknownExchange, and BeyondCalendar before 1990 (or wherever the exchange's calendar begins)
    and past its horizon: about a year after the process started, sooner for exchanges that announce their
    holidays year by year (Singapore, Shanghai, Bombay). Where a calendar ends, nothing is decided. Days are
    dates at the venue, instants carry any zone and are answered in UTC. Threads may share one object.
    """

    def __init__(self) -> None:
        self._venues: dict[str, Venue] = {SIMULATED: SimulatedVenue()}
        self._loading = Lock()

    def session_at(self, exchange: str, at: datetime) -> Session:
        """The trading day an instant belongs to, and whether the venue is open."""
        return self._venue(exchange).session_at(_with_zone(at))

    def open_of(self, exchange: str, day: date) -> datetime | None:
        """When that day's session opens, be it the evening before; None when the day is no session."""
        return self._reaching(exchange, day).open_of(day)

    def close_of(self, exchange: str, day: date) -> datetime | None:
        """When that day's session closes, half days included; None when the day is no session."""
        return self._reaching(exchange, day).close_of(day)

    def first_open_on_or_after(self, exchange: str, day: date) -> datetime:
        """The open of that day's session or, when it has none, of the next session."""
        return self._reaching(exchange, day).first_open_on_or_after(day)

    def previous_close(self, exchange: str, at: datetime) -> datetime:
        """The last session close strictly before an instant; a lunch break closes no session.

        So at a session's open, in it and at its very close it is the close of the session before, after the
        close its own: an instant is in the session that ``session_at`` names. Where one session opens the
        moment another closes (CMES), that moment is the earlier one's.
        """
        return self._venue(exchange).previous_close(_with_zone(at))

    def day_bounds(self, exchange: str, day: date) -> tuple[datetime, datetime]:
        """The first instant of the venue's calendar day and the first of the next: 23 to 25 hours.

        Every session lies within its own day, except where it opens on the evening before (CMES, IEPA):
        there what counts by session asks ``session_at`` for the trading day.
        """
        return self._venue(exchange).reach.day_bounds(day)

    def open_seconds(self, exchange: str, start: datetime, end: datetime) -> Decimal:
        """For how long the venue is open from ``start`` to ``end``, to the microsecond, without breaks."""
        return Decimal(self._venue(exchange).open_microseconds(start, end)) / 1_000_000

    def reaches(self, exchange: str) -> tuple[date, date]:
        """The first and the last session the calendar knows; between them every day is settled."""
        reach = self._venue(exchange).reach
        return reach.first, reach.last

    def warning(self, exchange: str, today: date) -> CalendarWarning | None:
        """What to tell of a calendar that ends soon, or that nobody knows; this raises nothing."""
        try:
            _, last = self.reaches(exchange)
        except UnknownExchange as unknown:
            return CalendarWarning.of_unknown(unknown)
        return CalendarWarning.of_end(exchange, last, today)

    def _reaching(self, exchange: str, day: date) -> Venue:
        venue = self._venue(exchange)
        venue.reach.require(day)
        return venue

    def _venue(self, exchange: str) -> Venue:
        return self._venues.get(exchange) or self._load(exchange)

    def _load(self, exchange: str) -> Venue:
        with self._loading:
            if exchange not in self._venues:
                self._venues[exchange] = read_venue(exchange)
            return self._venues[exchange]


def _with_zone(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} names no zone; a session is looked up at an instant.")
    return at
