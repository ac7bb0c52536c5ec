"""Book corporate actions of units held outside of positions: each once, when it is due (DOMAIN §5).

Repeating it is harmless, and two at once book once: an entry holds only for the portfolio's version that was read.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from application.books.post_entries import OwnUnits
from application.ledger import Cause, Ledger, Transaction
from application.ports import Prices, Sessions
from domain.actions import Announced, DividendAnnounced, SplitAnnounced, in_order
from domain.listing import Listing
from domain.portfolio import own_actions as rules
from domain.portfolio.events import EntryPosted, EntryReversed, UnitsTraded
from domain.portfolio.own_actions import Past, Terms
from domain.portfolio.posting import Units
from domain.portfolio.state import Portfolio
from domain.position.events import PositionClosed
from domain.settings import resolve
from domain.streams import LISTING, PORTFOLIO, POSITION

ACTOR = "ballast:actions"
INSTANT = timedelta(microseconds=1)

PositionsIn = Callable[[UUID, UUID], Sequence[tuple[UUID, bool]]]
"""A portfolio's positions in a listing that have left units to it or carry out advice: those, and whether at work."""


@dataclass(frozen=True, slots=True)
class SettleOwnUnits:
    """The use case with what it needs from outside."""

    ledger: Ledger
    prices: Prices
    sessions: Sessions
    own_units: OwnUnits
    positions_in: PositionsIn
    due_in: Callable[[UUID], Sequence[UUID]]

    def __call__(self, portfolio_id: UUID, listing_id: UUID) -> int:
        """Book what is due by now of a listing, each in an append of its own; answers how many entries that were."""
        run_id = self.ledger.run_id()
        cause = Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id)
        booked = 0
        while self.ledger.transact(
            cause, lambda each: self._book_next(each, portfolio_id, listing_id)
        ).answer:
            booked += 1
        return booked

    def all_of(self, portfolio_id: UUID) -> int:
        """Book what is due by now of everything that a portfolio holds; ``due_in`` names where that may be."""
        return sum(self(portfolio_id, listing_id) for listing_id in self.due_in(portfolio_id))

    def _book_next(self, transaction: Transaction, portfolio_id: UUID, listing_id: UUID) -> bool:
        stream, portfolio = transaction.require(PORTFOLIO, portfolio_id)
        _, listing = transaction.require(LISTING, listing_id)
        if portfolio.clock != "live" or not listing.announced:
            return False
        positions = self.positions_in(portfolio_id, listing_id)
        if any(at_work for _, at_work in positions):
            return False  # what its order comes to is not known yet; the sweep comes again
        step = self._next(transaction, portfolio, listing, [position_id for position_id, _ in positions])
        if step is None:
            return False
        at, entry = step
        transaction.append(stream, [entry], at=at)
        return True

    def _next(
        self, transaction: Transaction, portfolio: Portfolio, listing: Listing, closed: Sequence[UUID]
    ) -> tuple[datetime, EntryPosted] | None:
        past = _past(transaction, portfolio, listing.id, closed)
        for at, action, paid in _due(listing, transaction.now):
            entry = (
                self._paid(transaction, portfolio, action, past)
                if paid
                else self._effective(transaction, portfolio, listing, action, past)
            )
            if entry is not None:
                return at, entry
            if not paid and action.kind != "dividend" and _concerns(action, past):
                return None  # a person has to say what became of the units, before later actions count them
        return None

    def _paid(
        self, transaction: Transaction, portfolio: Portfolio, action: Announced, past: Past
    ) -> EntryPosted | None:
        accrued = past.booked_of(action.action_id)
        if not isinstance(action, DividendAnnounced) or accrued is None or not past.stands(accrued):
            return None
        if past.booked_of(action.action_id, paid=True) is not None:
            return None
        return rules.pay(portfolio, action, accrued, _ids(transaction))

    def _effective(
        self,
        transaction: Transaction,
        portfolio: Portfolio,
        listing: Listing,
        action: Announced,
        past: Past,
    ) -> EntryPosted | None:
        settings = resolve(portfolio.settings)
        if isinstance(action, DividendAnnounced):
            if action.currency != portfolio.currency or rules.is_told(action, past):
                return None
            if rules.is_over(action, transaction.now):
                return None
            close = self.sessions.previous_close(listing.exchange, action.effective_at)
            at_close = past.units_before(close + INSTANT)
            return rules.accrue(portfolio, action, at_close, settings, _ids(transaction))
        if not _concerns(action, past):
            return None
        held = past.units_before(action.effective_at)
        now = self.own_units(portfolio.id, [listing.id]).get(listing.id, Units())
        if now.quantity <= 0:
            return None
        good = self.prices.last_before(portfolio.feed, listing.id, action.effective_at)
        value = good.value if good is not None and listing.currency == portfolio.currency else None
        price = action.adjustment.of(value) if value is not None else None
        if isinstance(action, SplitAnnounced):
            terms = Terms.of(listing, settings, price)
            return rules.split(portfolio, action, held, now, terms, _ids(transaction))
        _, into = transaction.require(LISTING, action.into_listing_id)
        return rules.merge(portfolio, action, now, Terms.of(into, settings, price), _ids(transaction))


def _concerns(action: Announced, past: Past) -> bool:
    """Whether units were held when an action took effect of which the books do not tell what became."""
    return past.units_before(action.effective_at) > 0 and not rules.is_told(action, past)


def _due(listing: Listing, now: datetime) -> Iterator[tuple[datetime, Announced, bool]]:
    """What is due by now, in the order of its moments: an action, or its payment."""
    moments = [(each.effective_at, False, each) for each in sorted(listing.announced, key=in_order)]
    moments += [(e.payable_at, True, e) for e in listing.announced if isinstance(e, DividendAnnounced)]
    for at, paid, action in sorted(moments, key=lambda each: (each[0], in_order(each[2]))):
        if at <= now:
            yield at, action, paid


def _past(transaction: Transaction, portfolio: Portfolio, listing_id: UUID, closed: Sequence[UUID]) -> Past:
    stream, _ = transaction.require(PORTFOLIO, portfolio.id)
    names = [EntryPosted.name, EntryReversed.name, UnitsTraded.name]
    told = [
        (each.metadata.at, each.event)
        for each in transaction.events_of(stream, names, str(listing_id))
        if isinstance(each.event, EntryPosted | EntryReversed | UnitsTraded)
    ]
    return Past(listing_id, told, [_left(transaction, each) for each in closed])


def _left(transaction: Transaction, position_id: UUID) -> tuple[datetime, Decimal]:
    """When a position was closed, and the shares that it has left by now."""
    stream, position = transaction.require(POSITION, position_id)
    closed = transaction.events_of(stream, [PositionClosed.name])[-1]
    return closed.metadata.at, position.handed_over.shares


def _ids(transaction: Transaction) -> tuple[UUID, UUID]:
    return transaction.new_id(), transaction.new_id()
