"""What a person is told before a calendar ends, while there is time to do something about it."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from domain.sessions import UnknownExchange

WARNED_AHEAD_DAYS = 90
REMEDY = "Restart Ballast to look further ahead; where that does not help, update exchange_calendars."


@dataclass(frozen=True, slots=True)
class CalendarWarning:
    """An exchange about whose hours nothing, or soon nothing, is known; ``last`` is its last known session."""

    exchange: str
    last: date | None
    sentence: str

    @classmethod
    def of_end(cls, exchange: str, last: date, today: date) -> Self | None:
        """The warning that a calendar has fewer than ninety days left, None while it has more."""
        days = (last - today).days
        if days >= WARNED_AHEAD_DAYS:
            return None
        when = f"ended on {last}" if days < 0 else f"ends on {last}, {days} days ahead"
        return cls(exchange, last, f"The calendar of {exchange} {when}: nothing is decided beyond. {REMEDY}")

    @classmethod
    def of_unknown(cls, unknown: UnknownExchange) -> Self:
        """The warning that listings name an exchange without a calendar."""
        return cls(unknown.exchange, None, f"{unknown} Nothing is decided there.")
