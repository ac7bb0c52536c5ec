"""The newest prices of what a person's portfolios watch, read against calendars."""

from contextlib import suppress
from typing import Any, NamedTuple
from uuid import UUID

from api.http.answers import decimal, moment
from api.http.asked import Reading
from application.hours import hours_between
from domain.sessions import BeyondCalendar, Session, UnknownExchange
from domain.watching.freshness import Freshness
from projections import freshness as rows


class Judged(NamedTuple):
    """A listing's newest price, and what it is good for."""

    newest: rows.Newest
    freshness: Freshness

    @property
    def json(self) -> dict[str, Any]:
        """As answers show it."""
        newest, point, session = self.newest, self.newest.point, self.freshness.session
        return {
            "listing_id": newest.listing_id,
            "symbol": newest.symbol,
            "exchange": newest.exchange,
            "quote_unit": newest.quote_unit,
            "price": decimal(point.value) if point else None,
            "as_of": moment(newest.as_of),
            "source": point.source if point else None,
            "is_close": point.is_close if point else None,
            "session": "unknown" if session is None else "open" if session.open else "closed",
            "standing": self.freshness.standing,
            "sentence": self.freshness.sentence(),
        }


def judged(reading: Reading, portfolio_id: UUID | None) -> list[Judged]:
    """Every listing that the person's live portfolios watch, or one of them."""
    with reading.house.pool.connection() as connection:
        found = rows.newest(connection, reading.principal, portfolio_id)
    return [Judged(each, _freshness(reading, each)) for each in found]


def _freshness(reading: Reading, newest: rows.Newest) -> Freshness:
    sessions, now = reading.house.sessions, reading.house.ledger.clock()
    session: Session | None = None
    with suppress(UnknownExchange, BeyondCalendar):
        session = sessions.session_at(newest.exchange, now)
    hours = hours_between(sessions, newest.exchange, newest.as_of or now, now, newest.thresholds)
    return Freshness(newest.as_of, now, session, hours, newest.thresholds)
