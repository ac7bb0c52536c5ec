"""How long a price has stood still: a stale quote may come with a fresh stamp (DOMAIN §4)."""

from datetime import datetime, timedelta

from application.ports import PricePoint, Sessions
from domain.quality.lane import is_tick

NO_TIME = timedelta(0)


def unchanged_for(
    sessions: Sessions, exchange: str, point: PricePoint | None, longer_than: timedelta
) -> timedelta:
    """For how long its exchange has been open while a listing's newest price has been the very same numbers.

    Closes and bars are of one moment, and do not stand. See ``stood_still``.
    """
    if point is None or not is_tick(point):
        return NO_TIME
    return stood_still(sessions, exchange, point.unchanged_since, point.as_of, longer_than)


def stood_still(
    sessions: Sessions, exchange: str, since: datetime | None, until: datetime, longer_than: timedelta
) -> timedelta:
    """For how long an exchange has been open between two moments: nights, breaks and closures do not count.

    Exact only beyond ``longer_than``, where it matters: the calendar is not asked otherwise. Raises BeyondCalendar.
    """
    if since is None:
        return NO_TIME
    if until - since <= longer_than:
        return until - since
    return timedelta(microseconds=int(sessions.open_seconds(exchange, since, until) * 1_000_000))
