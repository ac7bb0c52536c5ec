"""What an exchange's hours mean for the age of a price."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from application.ports import Sessions
from domain.freshness import CLOSED, Hours, Stretch
from domain.quality import DEFAULTS, Thresholds
from domain.sessions import BeyondCalendar, UnknownExchange

DAY = timedelta(days=1)

LOOK_BACK_MAX = timedelta(days=60)
"""No exchange was ever closed for longer; what is older is stale without asking."""


def hours_between(
    sessions: Sessions, exchange: str, as_of: datetime, now: datetime, limits: Thresholds = DEFAULTS
) -> Hours:
    """The session that is on now, and the days without one since a price, where they could make a difference.

    To a price of the last minutes they make none. Without a calendar the exchange counts as closed, every day counts.
    """
    if now - as_of <= limits.stale_intraday:
        return CLOSED
    try:
        session = sessions.session_at(exchange, now)
        open_since = sessions.open_of(exchange, session.day) if session.open else None
        closed = tuple(_closed(sessions, exchange, as_of, now)) if now - as_of > limits.stale_close else ()
    except (UnknownExchange, BeyondCalendar):
        return CLOSED
    return Hours(open_since, closed)


def _closed(sessions: Sessions, exchange: str, as_of: datetime, now: datetime) -> Iterator[Stretch]:
    """The days without a session, as far as they lie between two moments."""
    if now - as_of > LOOK_BACK_MAX:
        return
    day, last = sessions.session_at(exchange, as_of).day, sessions.session_at(exchange, now).day
    while day <= last:
        if sessions.open_of(exchange, day) is None:
            begin, end = sessions.day_bounds(exchange, day)
            begin, end = max(begin, as_of), min(end, now)
            if begin < end:
                yield Stretch(begin, end)
        day += DAY
