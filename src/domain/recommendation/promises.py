"""What an open recommendation still means to spend, of cash and of units (DOMAIN §8.8)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from domain.allocation.advice import Line
from domain.money import ZERO
from domain.recommendation.state import Recommendation


def units(state: Recommendation) -> Mapping[UUID, Decimal]:
    """The units that are still to be sold, by listing; those that an order is selling have left already."""
    sold: dict[UUID, Decimal] = {}
    for line, left, at_work in _still_to_do(state):
        if line.action == "SELL" and not at_work:
            sold[line.listing_id] = sold.get(line.listing_id, ZERO) + left
    return sold


def cash(state: Recommendation) -> Decimal:
    """The booked cash that its buys still need, beyond what its own sales are still to bring.

    So what a sale has brought is kept for the buys that it was made for, while those of a sale that is still to come
    claim nothing. Each trigger stands for itself: no trigger's buys are paid for by another's sale. What an order is
    buying with has left already.
    """
    needed: dict[str | None, Decimal] = {}
    for line, left, at_work in _still_to_do(state):
        if line.action == "BUY" and at_work:
            continue
        amount = line.amount * left / line.quantity
        sign = 1 if line.action == "BUY" else -1
        needed[line.trigger] = needed.get(line.trigger, ZERO) + sign * amount
    return sum((max(ZERO, each) for each in needed.values()), ZERO)


def _still_to_do(state: Recommendation) -> Iterable[tuple[Line, Decimal, bool]]:
    """Each line with what is left of it, and whether an order is at work for that."""
    done, at_work = state.executed_quantities, {each.line_id for each in state.placed if each.at_work}
    for each in state.lines:
        left = max(ZERO, each.line.quantity - done.get(each.id, ZERO))
        yield each.line, left, each.id in at_work
