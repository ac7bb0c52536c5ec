"""How fresh a price is: by the clock while its exchange trades, else by days on which it could have traded (DOMAIN §4).

In session a price may be half an hour old, and what was said before the open is no price of this session: at the open
yesterday's is stale at once. Out of session, and for closes, it is three days, and a day without a session does not
count: after a long weekend the close from before it is as good as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.quality import DEFAULTS, STALE_CLOSE, STALE_INTRADAY, Thresholds

NONE = timedelta(0)


class Stretch(NamedTuple):
    """A stretch of time: of a day without a session, as far as it lies between a price and now."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Hours:
    """What an exchange's calendar says of the time between a price and now, as far as that says how fresh it is.

    ``open_since`` is when the session began that is on now, None while there is none; ``closed`` are days without a
    session, oldest first.
    """

    open_since: datetime | None = None
    closed: Sequence[Stretch] = ()

    @property
    def is_open(self) -> bool:
        """Whether a session is on now."""
        return self.open_since is not None

    @property
    def closed_for(self) -> timedelta:
        """How long there were days without a session."""
        return sum((each.end - each.begin for each in self.closed), NONE)


CLOSED = Hours()


def stale_after(hours: Hours, limits: Thresholds = DEFAULTS, *, in_session: bool) -> timedelta:
    """How old a price may be, by the clock: in session, or out of it and as a close."""
    return limits.stale_intraday if in_session else limits.stale_close + hours.closed_for


def stale_since(as_of: datetime, now: datetime, hours: Hours) -> datetime | None:
    """Since when a price has been too old to decide on, None while it is not.

    In session it is since it was half an hour old, or since the open.
    """
    if now - as_of <= stale_after(hours, in_session=hours.is_open):
        return None
    if hours.open_since is not None:
        return max(as_of + STALE_INTRADAY, hours.open_since)
    since = as_of + STALE_CLOSE
    for day in hours.closed:
        if day.begin < since:
            since += day.end - day.begin
    return since
