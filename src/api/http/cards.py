"""A position's card as of now: what it is made of, read against the calendar of its exchange."""

from contextlib import suppress
from typing import Any

from api.http.position_card import card
from api.wiring import House
from application.hours import hours_between
from application.quality.unchanged import NO_TIME, stood_still
from domain.sessions import BeyondCalendar, Session, UnknownExchange
from projections.position_sources import Sources


def card_now(house: House, sources: Sources, *, told: bool = False) -> dict[str, Any]:
    """The card of a position by the house's clock and calendars."""
    now = house.ledger.clock()
    session: Session | None = None
    unchanged = NO_TIME
    exchange, quote, limit = sources.position.exchange, sources.quote, sources.thresholds.stale_intraday
    with suppress(BeyondCalendar, UnknownExchange):
        session = house.sessions.session_at(exchange, now)
        if quote is not None:
            unchanged = stood_still(house.sessions, exchange, sources.unchanged_since, quote.as_of, limit)
    as_of = quote.as_of if quote else now
    hours = hours_between(house.sessions, exchange, as_of, now, sources.thresholds)
    return card(sources, session, now, hours, unchanged, told=told)
