"""The trading days of exchanges, as the gate counts them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from application.ports import Sessions
from domain.quality import TradingDay
from domain.sessions import BeyondCalendar, UnknownExchange

DAY = timedelta(days=1)
KNOWN_MAX = 20_000


@dataclass(slots=True)
class TradingDays:
    """Answers the trading day of a moment, and remembers: closes of many listings are of the same few moments."""

    sessions: Sessions
    _known: dict[tuple[str, datetime], TradingDay] = field(default_factory=dict)

    def __call__(self, exchange: str, at: datetime) -> TradingDay:
        """The trading day, and the first moment that certainly belongs to another one.

        Where no calendar says, a day is one of UTC: nothing is decided there, but prices are kept.
        """
        known = self._known.get((exchange, at))
        if known is None:
            if len(self._known) >= KNOWN_MAX:
                self._known.clear()
            known = self._known[exchange, at] = self._look_up(exchange, at)
        return known

    def _look_up(self, exchange: str, at: datetime) -> TradingDay:
        try:
            day = self.sessions.session_at(exchange, at).day
            _, midnight = self.sessions.day_bounds(exchange, day)
            # Some venues open in the evening for the day after.
            return TradingDay(day, min(midnight, self.sessions.first_open_on_or_after(exchange, day + DAY)))
        except (BeyondCalendar, UnknownExchange):
            day = at.astimezone(UTC).date()
            return TradingDay(day, datetime.combine(day + DAY, time.min, UTC))
