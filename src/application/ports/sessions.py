"""When exchanges trade."""

from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from domain.sessions import Session


class Sessions(Protocol):
    """When exchanges trade. Days are dates at the venue, instants are answered in UTC.

    Every answer may be missing: UnknownExchange, or BeyondCalendar where the exchange's calendar ends.
    """

    def session_at(self, exchange: str, at: datetime) -> Session:
        """The trading day an instant belongs to, and whether the venue is open."""

    def open_of(self, exchange: str, day: date) -> datetime | None:
        """When that day's session opens; None when the day is no session."""

    def close_of(self, exchange: str, day: date) -> datetime | None:
        """When that day's session closes, half days included; None when the day is no session."""

    def first_open_on_or_after(self, exchange: str, day: date) -> datetime:
        """The open of that day's session or of the next: when an ex-date takes effect (DOMAIN §5)."""

    def previous_close(self, exchange: str, at: datetime) -> datetime:
        """The last session close strictly before an instant: from an open, that of the session before."""

    def open_seconds(self, exchange: str, start: datetime, end: datetime) -> Decimal:
        """For how long the venue is open between two moments, without breaks."""

    def day_bounds(self, exchange: str, day: date) -> tuple[datetime, datetime]:
        """The venue's calendar day, from its first instant up to the first of the next."""
