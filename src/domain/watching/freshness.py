"""Whether a listing's newest price is good enough to decide on, and why, in a sentence (DOMAIN §4)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.freshness import Hours, stale_after
from domain.quality import Thresholds
from domain.sessions import Session

Standing = Literal["fresh", "stale", "missing"]


@dataclass(frozen=True, slots=True)
class Freshness:
    """A listing's newest good price at a moment. ``session`` is None where no calendar knows its exchange."""

    as_of: datetime | None
    now: datetime
    session: Session | None
    hours: Hours
    limits: Thresholds

    @property
    def standing(self) -> Standing:
        """As decisions take it."""
        if self.as_of is None:
            return "missing"
        limit = stale_after(self.hours, self.limits, in_session=self.hours.is_open)
        return "fresh" if self.now - self.as_of <= limit else "stale"

    def sentence(self) -> str:
        """What that means."""
        minutes, days = self.limits.stale_intraday_seconds // 60, self.limits.stale_close_days
        match self.standing:
            case "missing":
                return "No price has come yet; nothing is decided."
            case "stale" if self.hours.is_open:
                return f"No price for {minutes} minutes of its session; nothing is decided on the old one."
            case "stale":
                return f"Older than {days} days on which it could have traded; nothing is decided on it."
            case "fresh":
                return f"{self._session()}; a price is good for {self._good_for(minutes, days)}."

    def _session(self) -> str:
        if self.session is None:
            return "No calendar says when it trades"
        return "Its exchange trades" if self.session.open else "Its exchange is closed"

    def _good_for(self, minutes: int, days: int) -> str:
        if self.session is not None and self.session.open:
            return f"{minutes} minutes"
        return f"{days} days on which it could have traded"
