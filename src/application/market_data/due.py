"""What prices of a listing are due at a moment, by its exchange's calendar."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from application.ports import Sessions
from application.ports.market_data import Wanted
from domain.quality import STALE_CLOSE, STALE_INTRADAY
from domain.sessions import BeyondCalendar, UnknownExchange

HISTORY = timedelta(days=30)
"""How much of the past is asked for of a listing that has no close yet."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is wanted of a listing.

    A price from ``fresh_since`` on needs nobody else to be asked; one from ``usable_since`` on is a price still.
    ``closes_since`` is the first day whose close may be missing, None when none is.
    """

    wanted: Wanted
    fresh_since: datetime
    usable_since: datetime
    closes_since: date | None


def due(wanted: Wanted, now: datetime, newest_close: datetime | None, sessions: Sessions) -> Due:
    """In session a quote of half an hour, else anything since the last session opened; closes since the newest.

    An exchange without a calendar has no sessions to go by: then three days, and no closes.
    """
    try:
        return _by_sessions(wanted, now, newest_close, sessions)
    except (UnknownExchange, BeyondCalendar):
        return Due(wanted, now - STALE_CLOSE, now - STALE_CLOSE, None)


def _by_sessions(wanted: Wanted, now: datetime, newest_close: datetime | None, sessions: Sessions) -> Due:
    exchange = wanted.exchange
    last_close = sessions.previous_close(exchange, now)
    last_day = sessions.session_at(exchange, last_close).day
    last_open = sessions.open_of(exchange, last_day) or last_close
    in_session = sessions.session_at(exchange, now).open
    fresh_since = now - STALE_INTRADAY if in_session else last_open
    if newest_close is None:
        return Due(wanted, fresh_since, last_open, last_day - HISTORY)
    newest_day = sessions.session_at(exchange, newest_close).day
    missing = newest_day + timedelta(days=1) if newest_close < last_close else None
    return Due(wanted, fresh_since, last_open, missing)
