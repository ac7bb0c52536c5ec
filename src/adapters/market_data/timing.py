"""When a price is of: a moment as it is given, or the close of the session on a day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from adapters.market_data.exact_json import Unreadable
from application.ports import Sessions
from domain.sessions import BeyondCalendar, UnknownExchange

RATES_OF_A_DAY = time(15, tzinfo=UTC)
"""By then a day's reference rates are published (European Central Bank: 16:00 in Frankfurt)."""


@dataclass(frozen=True, slots=True)
class Timing:
    """``now`` is when the answer came: what is of a session that is not over by then is no close yet."""

    sessions: Sessions
    now: datetime

    def of_quote(self, exchange: str, given: datetime | date) -> tuple[datetime, bool]:
        """The moment of a quote, and whether it is a close, which a bare date says. Raises Unreadable."""
        if isinstance(given, datetime):
            return given, False
        close = self._close(exchange, given)
        if close is None:
            raise Unreadable(f"is of {given}, on which {exchange} had no session")
        if close > self.now:
            raise Unreadable(f"is of {given}, whose session is not over, and has no time")
        return close, True

    def of_bar(self, exchange: str, given: datetime | date) -> tuple[date, datetime] | None:
        """A daily bar's day and the close of its session; None when there was none, or it is not over."""
        day = self._day(exchange, given) if isinstance(given, datetime) else given
        close = self._close(exchange, day)
        return None if close is None or close > self.now else (day, close)

    def of_rate(self, given: datetime | date) -> datetime:
        """The moment of an exchange rate; of a bare date it is its afternoon."""
        return given if isinstance(given, datetime) else datetime.combine(given, RATES_OF_A_DAY)

    def _day(self, exchange: str, at: datetime) -> date:
        try:
            return self.sessions.session_at(exchange, at).day
        except (UnknownExchange, BeyondCalendar) as unknown:
            raise Unreadable(f"cannot be timed: {unknown}") from None

    def _close(self, exchange: str, day: date) -> datetime | None:
        try:
            return self.sessions.close_of(exchange, day)
        except (UnknownExchange, BeyondCalendar) as unknown:
            raise Unreadable(f"cannot be timed: {unknown}") from None
