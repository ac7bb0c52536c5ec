"""Look at what there is of the listings that somebody watches; what costs more is asked where it can matter."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from application.hours import hours_between
from application.ports import Prices, Sessions, WatchedListings
from domain.fx import FxProblem, Rate, convert
from domain.money import Money
from domain.portfolio.state import LIVE_FEED
from domain.quality import Thresholds
from domain.sessions import BeyondCalendar, UnknownExchange
from domain.watching.seen import DueClose, Seen, Watched

ONE = Decimal(1)

LATELY = timedelta(days=15)
"""How far back a price has to lie for its listing to count as one that has prices of that kind."""


@dataclass(slots=True)
class Looking:
    """What one process has seen. A close that was seen is there, and is not asked for again before the next is due."""

    prices: Prices
    sessions: Sessions
    watched: WatchedListings
    _closes: dict[UUID, datetime] = field(default_factory=dict)

    def seen(self, now: datetime, thresholds: Thresholds) -> list[Seen]:
        """Every listing that a live portfolio watches, as it stands."""
        watched = self.watched.listings()
        kinds = {each.watched.listing_id: each for each in self._by_listing(watched, now, thresholds)}
        rates = self.watched.rates() if any(each.currency != each.base for each in watched) else ()
        return [replace(kinds[each.listing_id], watched=each, fx=_fx(each, rates, now)) for each in watched]

    def _by_listing(
        self, watched: Sequence[Watched], now: datetime, thresholds: Thresholds
    ) -> Iterable[Seen]:
        """Each listing once, whoever watches it."""
        once = {each.listing_id: each for each in watched}.values()
        seen = [self._seen(each, now, thresholds) for each in once]
        silent = [each for each in seen if each.open_seconds > thresholds.stale_intraday_seconds]
        ticks = self._newest([each.watched.listing_id for each in silent], now, is_close=False)
        self._look_for_closes(seen, now)
        for each in seen:
            listing_id = each.watched.listing_id
            yield replace(each, newest_tick=ticks.get(listing_id), newest_close=self._closes.get(listing_id))

    def _seen(self, watched: Watched, now: datetime, thresholds: Thresholds) -> Seen:
        seen = Seen(watched, now)
        with suppress(UnknownExchange, BeyondCalendar):
            seen = replace(seen, due_close=self._due_close(watched.exchange, now, thresholds))
        if watched.newest is None:
            return seen
        hours = hours_between(self.sessions, watched.exchange, watched.newest, now)
        if hours.is_open and now - watched.newest < LATELY:
            open_seconds = self.sessions.open_seconds(watched.exchange, watched.newest, now)
            return replace(seen, hours=hours, open_seconds=open_seconds)
        return replace(seen, hours=hours)

    def _due_close(self, exchange: str, now: datetime, thresholds: Thresholds) -> DueClose:
        grace = timedelta(minutes=thresholds.missing_close_minutes)
        closed_at = self.sessions.previous_close(exchange, now - grace + datetime.resolution)
        return DueClose(
            day=self.sessions.session_at(exchange, closed_at).day,
            closed_at=closed_at,
            due_at=closed_at + grace,
            closed_before_at=self.sessions.previous_close(exchange, closed_at),
        )

    def _look_for_closes(self, seen: Sequence[Seen], now: datetime) -> None:
        unseen = [each.watched.listing_id for each in seen if self._is_unseen(each)]
        self._closes |= self._newest(unseen, now, is_close=True)

    def _is_unseen(self, seen: Seen) -> bool:
        known, due = self._closes.get(seen.watched.listing_id), seen.due_close
        return due is not None and (known is None or known <= due.closed_before_at)

    def _newest(self, listing_ids: Sequence[UUID], now: datetime, *, is_close: bool) -> dict[UUID, datetime]:
        return dict(self.prices.newest_of_kind(LIVE_FEED, listing_ids, now - LATELY, is_close=is_close))


def _fx(watched: Watched, rates: Sequence[Rate], now: datetime) -> FxProblem | None:
    """Why nobody can say what an amount in the listing's currency is worth to the portfolio; None when somebody can."""
    if watched.currency == watched.base:
        return None
    converted = convert(Money(ONE, watched.currency), watched.base, rates, now)
    return converted if isinstance(converted, str) else None
