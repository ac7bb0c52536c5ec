"""What an open recommendation still means to spend, of cash and of units (DOMAIN §8.8)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from domain.allocation.advice import Line
from domain.money import ZERO
from domain.recommendation.state import Recommendation


def units(state: Recommendation) -> Mapping[UUID, Decimal]:
    """The units that are still to be sold, by listing."""
    sold: dict[UUID, Decimal] = {}
    for line, left in _still_to_do(state):
        if line.action == "SELL":
            sold[line.listing_id] = sold.get(line.listing_id, ZERO) + left
    return sold


def cash(state: Recommendation) -> Decimal:
    """The booked cash that its buys still need, beyond what its own sales are still to bring.

    So what a sale has brought is kept for the buys that it was made for, while those of a sale that is still to come
    claim nothing. Each trigger stands for itself: no trigger's buys are paid for by another's sale.
    """
    needed: dict[str | None, Decimal] = {}
    for line, left in _still_to_do(state):
        amount = line.amount * left / line.quantity
        sign = 1 if line.action == "BUY" else -1
        needed[line.trigger] = needed.get(line.trigger, ZERO) + sign * amount
    return sum((max(ZERO, each) for each in needed.values()), ZERO)


def _still_to_do(state: Recommendation) -> Iterable[tuple[Line, Decimal]]:
    done = state.executed_quantities
    for each in state.lines:
        yield each.line, max(ZERO, each.line.quantity - done.get(each.id, ZERO))
