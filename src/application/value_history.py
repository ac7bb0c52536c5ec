"""What a portfolio was worth day by day: from what is booked and from stored prices.

Days that are over are kept. A question reads on from the newest of them that still holds, and keeps what is over by
now. Prices of such days are read once for all portfolios that are asked about the same ones, as a policy's are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from application.actions.action_calendar import ActionCalendar
from application.ports.fx import FxRates
from application.ports.prices import Prices
from application.ports.valuation import KeptValues, LateArrivals, Pasts
from application.stream_cache import Cache
from domain.measures import Mark
from domain.quality import EVER
from domain.valuation import (
    Booked,
    Chapter,
    CloseOfDay,
    Kept,
    Known,
    Market,
    Reckoning,
    Standing,
    basis_of,
    drawdown,
    extended,
    last_standing,
    midnight,
    midnight_after,
    reckon,
)

READ_MAX = 100


@dataclass(frozen=True, slots=True)
class ValueHistory:
    """What it reads from, and where it keeps what is over."""

    pasts: Pasts
    prices: Prices
    rates: FxRates
    calendar: ActionCalendar
    arrivals: LateArrivals
    kept: KeptValues
    _read: Cache[object, Sequence[Mark]] = field(init=False, default_factory=lambda: Cache(READ_MAX))

    def __call__(self, portfolio_id: UUID, until: datetime, after: date = date.min) -> Sequence[CloseOfDay]:
        """The closes of the days after one, oldest first, the last as it stands at ``until``; none where nothing was
        booked."""
        return [each for each in self._closes(portfolio_id, until, after) if each.day > after]

    def drawdown(self, portfolio_id: UUID, until: datetime) -> Decimal | None:
        """How far a unit lies below its highest close at ``until``; None where nothing was booked."""
        return drawdown(self._closes(portfolio_id, until, until.astimezone(UTC).date()))

    def _closes(self, portfolio_id: UUID, until: datetime, after: date) -> Sequence[CloseOfDay]:
        """The closes of the days after one, and of some before."""
        kept = self.kept.of(portfolio_id, after)
        known = kept.known if kept else None
        booked = self.pasts.booked(
            portfolio_id, known.event_number if known else 0, known.listings if known else frozenset()
        )
        if booked is None or (not booked.listings and not booked.newest):
            return []
        holding, now_known = self._holding(kept, booked, until)
        over = [each for each in holding if each.ends <= until]
        reckoning = self._reckon(portfolio_id, booked, now_known, until, last_standing(over))
        if last_standing(over) is None:
            over = []
        if reckoning.chapters and all(each.ends <= until for each in holding):
            self.kept.keep(portfolio_id, kept.revision if kept else 0, now_known, extended(over, reckoning))
        return [*(close for chapter in over for close in chapter.closes), *reckoning.closes]

    def _holding(self, kept: Kept | None, booked: Booked, until: datetime) -> tuple[Sequence[Chapter], Known]:
        """The kept chapters that still hold, and what is known by now; prices are read after this, not before."""
        self.calendar.refresh()
        basis = basis_of(booked.currency, booked.feed, booked.listings)
        known = kept.known if kept is not None and kept.known.basis == basis else None
        late = self.arrivals.about(
            booked.feed,
            booked.listings,
            midnight(until.astimezone(UTC).date()),
            known.arrivals if known else {},
            rates=_is_foreign(booked),
        )
        actions = self.calendar.effective(booked.listings)
        now_known = Known(basis, frozenset(booked.listings), booked.newest, late.numbers, frozenset(actions))
        if kept is None or known is None:
            return [], now_known
        untold = [at for action_id, at in actions.items() if action_id not in known.actions]
        changed_from = min(booked.earliest or EVER, late.earliest or EVER, *untold, EVER)
        return kept.until(changed_from), now_known

    def _reckon(
        self, portfolio_id: UUID, booked: Booked, known: Known, until: datetime, standing: Standing | None
    ) -> Reckoning:
        since = midnight_after(standing.day) if standing else None
        movements = self.pasts.movements(portfolio_id, since)
        begins = since or midnight(min(each.at for each in movements).astimezone(UTC).date())
        marks = (
            self._since(begins.date(), booked, known, until) if standing else self._all(begins, booked, until)
        )
        market = Market(
            currency=booked.currency,
            listings=booked.listings,
            marks=marks,
            rates=self.rates.daily(since, until) if _is_foreign(booked) else (),
            acted_on=frozenset(each for each in booked.listings if self.calendar.knows(each)),
            expected=self.calendar.expected,
        )
        return reckon(movements, market, until, standing)

    def _all(self, begins: datetime, booked: Booked, until: datetime) -> Sequence[Mark]:
        """The newest price of each listing from before a moment, and the daily ones from then on."""
        listing_ids = [*booked.listings]
        found = self.prices.newest_until(booked.feed, listing_ids, begins)
        before = [
            Mark(each.as_of, each.listing_id, each.value) for each in found.values() if each.value is not None
        ]
        return [*before, *self.prices.daily(booked.feed, listing_ids, begins.date(), until)]

    def _since(self, first: date, booked: Booked, known: Known, until: datetime) -> Sequence[Mark]:
        """The daily prices from a day on. Those of days that are over stay as they were read until one comes late."""
        listing_ids = [*booked.listings]
        today = midnight(until.astimezone(UTC).date())
        about = (booked.feed, known.listings, frozenset(known.arrivals.items()), first, today)
        read = self._read.get(about)
        over = read[1] if read else self._over(booked.feed, listing_ids, first, today)
        self._read.put(about, 1, over)
        return [*over, *self.prices.daily(booked.feed, listing_ids, max(first, today.date()), until)]

    def _over(self, feed: str, listing_ids: Sequence[UUID], first: date, today: datetime) -> Sequence[Mark]:
        if first >= today.date():
            return []
        return [each for each in self.prices.daily(feed, listing_ids, first, today) if each.at < today]


def _is_foreign(booked: Booked) -> bool:
    return any(currency != booked.currency for currency, _ in booked.listings.values())
