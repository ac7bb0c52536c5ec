"""When the trading day began that a moment belongs to, by an exchange's own calendar."""

from datetime import UTC, datetime

from application.ports import Sessions
from domain.sessions import BeyondCalendar, UnknownExchange


def day_began(sessions: Sessions, exchange: str, at: datetime) -> datetime:
    """The first instant of the venue's day, or the open of its session where that lies on the evening before.

    Where no calendar says, it is the day in UTC: a brake that does not know the hours brakes all the same.
    """
    try:
        day = sessions.session_at(exchange, at).day
        begin, opens = sessions.day_bounds(exchange, day)[0], sessions.open_of(exchange, day)
    except (UnknownExchange, BeyondCalendar):
        return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return begin if opens is None else min(begin, opens)
