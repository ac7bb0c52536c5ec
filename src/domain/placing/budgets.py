"""Which money a recommendation's purchases may spend: sales first, then no more than came in (DOMAIN §8.6, §8.7)."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal

from domain.allocation.advice import Line
from domain.money import ZERO, minor_unit
from domain.numbers import EXACT, exactly
from domain.order.collar import COLLAR
from domain.recommendation import carry_out
from domain.recommendation.events import AdvisedLine, ExecutedLine
from domain.recommendation.state import Recommendation

Group = str | None
"""The trigger whose sale funds its purchases; None are the lines of the cadence, which spend free cash."""


def lines_of(state: Recommendation, group: Group) -> Sequence[AdvisedLine]:
    """The lines that one purse is for."""
    return [each for each in state.lines if each.line.trigger == group]


def waits_for_sales(state: Recommendation, group: Group) -> bool:
    """Whether something that funds the group's purchases is still to be placed, or at work."""
    sales = {each.id for each in lines_of(state, group) if each.line.action == "SELL"}
    unplaced = any(each.id in sales for each in carry_out.waiting(state))
    return unplaced or any(each.at_work and each.line_id in sales for each in state.placed)


@exactly
def kept_for(state: Recommendation, group: Group) -> Decimal:
    """What a trigger's sales have brought and its purchases have not spent, or set aside to spend."""
    if group is None:
        return ZERO
    advised = {each.id: each.line for each in lines_of(state, group)}
    left = ZERO
    for each in state.executed:
        if each.line_id in advised:
            line = advised[each.line_id]
            left += _worth(each, line) * (1 if line.action == "SELL" else -1) - each.fee
    at_work = (each.cash for each in state.placed if each.at_work and each.line_id in advised)
    return max(ZERO, left - sum(at_work, ZERO))


def _worth(executed: ExecutedLine, line: Line) -> Decimal:
    """What an execution came to; where nobody has said, at the line's own rate of exchange."""
    if executed.amount is not None:
        return executed.amount
    return EXACT.divide(executed.quantity * executed.price * line.amount, line.quantity * line.price)


@exactly
def unsold(state: Recommendation, group: Group) -> Decimal:
    """What the sales that were to fund a group have not brought, because units were not sold, as it was advised."""
    lacking = ZERO
    for each in lines_of(state, group):
        if each.line.action == "SELL":
            lacking += EXACT.divide(each.line.amount * carry_out.left_of(state, each), each.line.quantity)
    return lacking


@exactly
def rooms(costs: Sequence[Decimal], left: Decimal, currency: str) -> list[Decimal]:
    """What is set aside for each purchase: its cost, and its part of what is left, up to the collar.

    ``costs`` are in whole minor units. Together it is never more than all of them and what is left.
    """
    total, unit = sum(costs, ZERO), minor_unit(currency)
    given = []
    for each in costs:
        part = EXACT.divide(max(ZERO, left) * each, total) if total else ZERO
        given.append(each + min(each * COLLAR, part).quantize(unit, ROUND_DOWN, EXACT))
    return given


def rounded_up(amount: Decimal, currency: str) -> Decimal:
    """An amount in whole minor units, so that it is enough."""
    return amount.quantize(minor_unit(currency), ROUND_CEILING, EXACT)
