"""What has become of a listing's units outside of positions, and of those that have merged into it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from application.ledger import Transaction
from domain.actions import MergerAnnounced, SplitAnnounced
from domain.listing import Listing
from domain.portfolio import own_actions as rules
from domain.portfolio.events import EntryPosted, EntryReversed, UnitsTraded
from domain.portfolio.own_actions import Past
from domain.portfolio.state import Portfolio
from domain.position.events import PositionClosed
from domain.streams import LISTING, PORTFOLIO, POSITION

PositionsIn = Callable[[UUID, UUID], Sequence[tuple[UUID, bool]]]
"""A portfolio's positions in a listing that have left units to it or carry out advice: those, and whether at work."""

MergedInto = Callable[[UUID], Sequence[UUID]]
"""The listings of which a merger into a listing was announced."""


@dataclass(frozen=True, slots=True)
class OwnPasts:
    """Reads pasts within a transaction."""

    positions_in: PositionsIn
    merged_into: MergedInto

    def of(self, transaction: Transaction, portfolio: Portfolio, listing_id: UUID) -> Past:
        """What moved a listing's units by now, whatever an order that is at work comes to."""
        stream, _ = transaction.require(PORTFOLIO, portfolio.id)
        names = [EntryPosted.name, EntryReversed.name, UnitsTraded.name]
        told = [
            (each.metadata.at, each.event)
            for each in transaction.events_of(stream, names, str(listing_id))
            if isinstance(each.event, EntryPosted | EntryReversed | UnitsTraded)
        ]
        positions = self.positions_in(portfolio.id, listing_id)
        left = [_left(transaction, position_id) for position_id, at_work in positions if not at_work]
        return Past(listing_id, told, left)

    def is_at_work(self, portfolio_id: UUID, listing_id: UUID) -> bool:
        """Whether an order of advice is at work there: what it comes to is not known yet."""
        return any(at_work for _, at_work in self.positions_in(portfolio_id, listing_id))

    def line_of(self, transaction: Transaction, listing_id: UUID) -> list[UUID]:
        """A listing with those whose units became its own, or which its units became: each before what it became."""
        last, seen = listing_id, {listing_id}
        while (
            into := _merger_of(transaction.require(LISTING, last)[1])
        ) and into.into_listing_id not in seen:
            last = into.into_listing_id
            seen.add(last)
        return list(dict.fromkeys(self._before(last, frozenset())))

    def _before(self, listing_id: UUID, above: frozenset[UUID]) -> Iterator[UUID]:
        for each in self.merged_into(listing_id):
            if each not in above:
                yield from self._before(each, above | {listing_id})
        yield listing_id

    def missing_since(
        self,
        transaction: Transaction,
        portfolio: Portfolio,
        listing_id: UUID,
        above: frozenset[UUID] = frozenset(),
    ) -> datetime | None:
        """Since when units of a listing are not on the books, since those that became them wait for their merger."""
        moments = []
        for origin_id in self.merged_into(listing_id):
            merger = _merger_of(transaction.require(LISTING, origin_id)[1])
            if origin_id in above or merger is None or merger.effective_at > transaction.now:
                continue
            before = self.missing_since(transaction, portfolio, origin_id, above | {listing_id})
            late = before is not None and before < merger.effective_at
            if late or concerns(merger, self.of(transaction, portfolio, origin_id)):
                moments.append(merger.effective_at)
        return min(moments, default=None)


def concerns(action: SplitAnnounced | MergerAnnounced, past: Past) -> bool:
    """Whether units were held when an action took effect of which the books do not tell what became."""
    return past.units_before(action.effective_at) > 0 and not rules.is_told(action, past)


def _merger_of(listing: Listing) -> MergerAnnounced | None:
    return next((each for each in listing.announced if isinstance(each, MergerAnnounced)), None)


def _left(transaction: Transaction, position_id: UUID) -> tuple[datetime, Decimal]:
    """When a position was closed, and the shares that it has left by now."""
    stream, position = transaction.require(POSITION, position_id)
    closed = transaction.events_of(stream, [PositionClosed.name])[-1]
    return closed.metadata.at, position.handed_over.shares
