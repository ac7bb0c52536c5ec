"""Post entries by hand, and take them back by their opposites: nothing posted is ever edited (DOMAIN §6)."""

from decimal import Decimal
from uuid import UUID

from domain.money import ZERO
from domain.numbers import exactly, shortest
from domain.portfolio.effects import EFFECTS, require_bookable
from domain.portfolio.events import Effect, EntryPosted, EntryReversed
from domain.portfolio.state import Portfolio
from domain.portfolio.units import NONE, Units
from domain.portfolio.wanted import Wanted
from domain.refusals import Conflict


@exactly
def post(state: Portfolio, entry_id: UUID, batch_id: UUID, wanted: Wanted, units: Units) -> EntryPosted:
    """The entry that is wanted. Raises Invalid for what does not belong together, Conflict for units not there."""
    require_bookable(wanted, state.currency)
    effect = EFFECTS[wanted.kind](wanted, units, state.currency)
    return EntryPosted(
        portfolio_id=state.id,
        currency=state.currency,
        entry_id=entry_id,
        batch_id=batch_id,
        kind=wanted.kind,
        listing_id=wanted.listing.id if wanted.listing else None,
        symbol=wanted.listing.symbol if wanted.listing else None,
        effect=effect,
        price=wanted.price,
        reference=wanted.reference,
        note=wanted.note,
        source=wanted.source,
        row=wanted.row,
    )


@exactly
def would_move(wanted: Wanted, currency: str) -> Effect:
    """What an entry would move if as many units as it takes were there, at no cost. Raises Invalid."""
    require_bookable(wanted, currency)
    return EFFECTS[wanted.kind](wanted, Units(abs(wanted.quantity or ZERO)), currency)


@exactly
def reverse(
    state: Portfolio,
    entry_id: UUID,
    batch_id: UUID,
    posted: EntryPosted,
    units: Units,
    reason: str,
    others: Units = NONE,
) -> EntryReversed:
    """The opposite of an entry. Raises Conflict when units that it brought are not there any more.

    Cost that no unit is left to bear, because some were sold meanwhile at another average, becomes gain or loss.
    ``others`` are the units of the listing that a merger has made of these.
    """
    there, other = posted.effect, posted.into
    stranded = _stranded(there.quantity, there.book_cost, posted.symbol, units)
    into = None
    if other is not None:
        left = _stranded(other.quantity, other.book_cost, other.symbol, others)
        cost = -other.book_cost + left
        into = other.model_copy(update={"quantity": -other.quantity, "book_cost": cost})
    return EntryReversed(
        portfolio_id=state.id,
        currency=state.currency,
        entry_id=entry_id,
        batch_id=batch_id,
        kind=posted.kind,
        listing_id=posted.listing_id,
        symbol=posted.symbol,
        effect=Effect(
            quantity=-there.quantity,
            cash=-there.cash,
            book_cost=-there.book_cost + stranded,
            fee=-there.fee,
            tax=-there.tax,
            gain=-there.gain
            + stranded
            + (ZERO if other is None or into is None else into.book_cost + other.book_cost),
            income=-there.income,
            capital=-there.capital,
            receivable=-there.receivable if there.receivable is not None else None,
        ),
        reverses=posted.entry_id,
        reason=reason,
        into=into,
    )


def _stranded(quantity: Decimal, book_cost: Decimal, symbol: str | None, units: Units) -> Decimal:
    """What of the cost that goes with units no unit is left to bear. Raises Conflict when they are not there."""
    left = units.quantity - quantity
    if left < 0:
        raise Conflict(
            f"Of the {shortest(quantity)} {symbol} only {shortest(units.quantity)} are left to take back."
        )
    cost = ZERO if not left else max(ZERO, units.book_cost - book_cost)
    return cost - (units.book_cost - book_cost)
