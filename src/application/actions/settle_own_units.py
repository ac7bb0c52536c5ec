"""Book corporate actions of units held outside of positions: each once, when it is due (DOMAIN §5).

Repeating it is harmless, and two at once book once: an entry holds only for the portfolio's version that was read.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from application.actions.own_dividends import OwnDividends, ids_of
from application.actions.own_pasts import OwnPasts, concerns
from application.books.dividend_calls import call_to
from application.books.post_entries import OwnUnits
from application.ledger import Cause, Ledger, Transaction
from application.ports import Prices
from domain.actions import (
    Announced,
    DividendAnnounced,
    MergerAnnounced,
    SplitAnnounced,
    in_order,
    price_before,
)
from domain.listing import Listing
from domain.portfolio import own_actions, own_dividends, own_splits
from domain.portfolio.events import EntryPosted
from domain.portfolio.own_actions import Past
from domain.portfolio.own_splits import Terms
from domain.portfolio.state import Portfolio
from domain.portfolio.units import Units
from domain.settings import resolve
from domain.streams import LISTING, PORTFOLIO

ACTOR = "ballast:actions"


@dataclass(frozen=True, slots=True)
class SettleOwnUnits:
    """The use case with what it needs from outside."""

    ledger: Ledger
    prices: Prices
    own_units: OwnUnits
    pasts: OwnPasts
    dividends: OwnDividends
    due_in: Callable[[UUID], Sequence[UUID]]

    def __call__(self, portfolio_id: UUID, listing_id: UUID) -> int:
        """Book what is due by now of a listing, each in an append of its own; answers how many entries that were.

        What has merged into it comes before it, and what it has merged into after it: these units were, or are, others.
        """
        run_id = self.ledger.run_id()
        cause = Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id)
        line = self.ledger.transact(cause, lambda each: self.pasts.line_of(each, listing_id)).answer
        return sum(self._book(cause, portfolio_id, each) for each in line)

    def all_of(self, portfolio_id: UUID) -> int:
        """Book what is due by now of everything that a portfolio holds; ``due_in`` names where that may be."""
        return sum(self(portfolio_id, listing_id) for listing_id in self.due_in(portfolio_id))

    def _book(self, cause: Cause, portfolio_id: UUID, listing_id: UUID) -> int:
        booked = 0
        while self.ledger.transact(
            cause, lambda each: self._book_next(each, portfolio_id, listing_id)
        ).answer:
            booked += 1
        return booked

    def _book_next(self, transaction: Transaction, portfolio_id: UUID, listing_id: UUID) -> bool:
        stream, portfolio = transaction.require(PORTFOLIO, portfolio_id)
        _, listing = transaction.require(LISTING, listing_id)
        if portfolio.clock != "live" or not listing.announced:
            return False
        if self.pasts.is_at_work(portfolio_id, listing_id):
            return False  # the sweep comes again
        step = self._next(transaction, portfolio, listing)
        if step is None:
            return False
        at, entry = step
        transaction.append(stream, [entry], at=at)
        return True

    def _next(
        self, transaction: Transaction, portfolio: Portfolio, listing: Listing
    ) -> tuple[datetime, EntryPosted] | None:
        """What is booked next, and when it took effect. What counts units waits until a person has told what became
        of them; what is owed is paid all the same.
        """
        past = self.pasts.of(transaction, portfolio, listing.id)
        known_until = self.pasts.missing_since(transaction, portfolio, listing.id)
        for at, action, paid in _due(listing, transaction.now):
            if paid:
                entry = self.dividends.paid(transaction, portfolio, action, past)
            elif known_until is not None and at > known_until:
                continue
            else:
                entry = self._effective(transaction, portfolio, listing, action, past)
            if entry is not None:
                return at, entry
            if not paid and not isinstance(action, DividendAnnounced) and concerns(action, past):
                known_until = at - datetime.resolution
        return None

    def _effective(
        self,
        transaction: Transaction,
        portfolio: Portfolio,
        listing: Listing,
        action: Announced,
        past: Past,
    ) -> EntryPosted | None:
        if isinstance(action, DividendAnnounced):
            return self.dividends.owed(transaction, portfolio, listing, action, past)
        if not concerns(action, past):
            return None
        held = past.units_before(action.effective_at)
        now = self.own_units(portfolio.id, [listing.id]).get(listing.id, Units())
        if now.quantity <= 0:
            return None
        settings = resolve(portfolio.settings)
        before = self._price_before(portfolio, listing, action)
        price = None if before is None else action.adjustment.of(before)
        if isinstance(action, SplitAnnounced):
            terms = Terms.of(listing, settings, price)
            entry = own_splits.split(portfolio, action, held, now, terms, ids_of(transaction))
            if entry is not None:
                self._call_to_overtaken(transaction, portfolio, listing, action, entry, past)
            return entry
        _, into = transaction.require(LISTING, action.into_listing_id)
        terms = Terms.of(into, settings, price)
        merged = own_splits.merge(portfolio, action, now, terms, ids_of(transaction))
        if merged is None or self._is_too_late(transaction, portfolio, action, into, merged):
            return None
        return merged

    def _price_before(self, portfolio: Portfolio, listing: Listing, action: Announced) -> Decimal | None:
        """The last good price before an action, as those between have moved it; None for one in another currency."""
        good = self.prices.last_before(portfolio.feed, listing.id, action.effective_at)
        if good is None or good.value is None or listing.currency != portfolio.currency:
            return None
        return price_before(action, listing.announced, good.value, good.as_of)

    def _is_too_late(
        self,
        transaction: Transaction,
        portfolio: Portfolio,
        merger: MergerAnnounced,
        into: Listing,
        merged: EntryPosted,
    ) -> bool:
        """Whether the units that a merger brings should have split or merged again since."""
        past = self.pasts.of(transaction, portfolio, into.id)
        since = [
            each for each in into.announced if merger.effective_at < each.effective_at <= transaction.now
        ]
        if any(not isinstance(each, DividendAnnounced) and own_actions.is_told(each, past) for each in since):
            return True
        self._call_to_overtaken(transaction, portfolio, into, merger, merged, past)
        return False

    def _call_to_overtaken(
        self,
        transaction: Transaction,
        portfolio: Portfolio,
        listing: Listing,
        action: SplitAnnounced | MergerAnnounced,
        entry: EntryPosted,
        past: Past,
    ) -> None:
        """Call a person to each dividend since that was booked on the units of before, as nobody knew of the action."""
        moved = entry.units_of(listing.id)
        for each in listing.announced if moved else ():
            booked = past.booked_of(each.action_id)
            if not isinstance(each, DividendAnnounced) or booked is None or not past.stands(booked):
                continue
            if action.effective_at < each.effective_at:
                said = own_dividends.overtaken(each, booked, action, moved)
                call_to(transaction, portfolio.id, each, said)


def _due(listing: Listing, now: datetime) -> Iterator[tuple[datetime, Announced, bool]]:
    """What is due by now, in the order of its moments: an action, or its payment."""
    moments = [(each.effective_at, False, each) for each in sorted(listing.announced, key=in_order)]
    moments += [(e.payable_at, True, e) for e in listing.announced if isinstance(e, DividendAnnounced)]
    for at, paid, action in sorted(moments, key=lambda each: (each[0], in_order(each[2]))):
        if at <= now:
            yield at, action, paid
