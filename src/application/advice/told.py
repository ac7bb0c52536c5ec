"""What is looked at before an execution is booked: that it is new, and in the units and the size of its line."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from application.advice.execution import Execution
from domain.money import ZERO
from domain.numbers import shortest
from domain.portfolio.traded import Told
from domain.recommendation import decide as rules
from domain.recommendation.state import Recommendation
from domain.refusals import Conflict, FieldError, InvalidFields

NO_LINE = "The recommendation has no such line."


def not_booked_yet(state: Recommendation, executions: Sequence[Execution]) -> list[Execution]:
    """Those that are new: an execution whose line knows the broker's reference is booked already.

    Raises InvalidFields for a reference that is told twice at once, and Conflict for one that is booked otherwise.
    What was reversed is booked no more.
    """
    named = [(each.line_id, each.broker_reference) for each in executions]
    twice = [
        (f"lines[{each.number}].broker_reference", "Another part has this reference; give each its own.")
        for place, each in enumerate(executions)
        if each.broker_reference is not None and named[place] in named[:place]
    ]
    if twice:
        raise InvalidFields(twice)
    if state.status == "reversed":
        return list(executions)
    return [each for each in executions if not _is_booked(state, each)]


def require_lines(state: Recommendation, executions: Sequence[Execution]) -> None:
    """Raises InvalidFields for what is told of a line that the recommendation has not."""
    unknown = [
        (f"lines[{each.number}].line_id", NO_LINE) for each in executions if state.line(each.line_id) is None
    ]
    if unknown:
        raise InvalidFields(unknown)


def trades(state: Recommendation, executions: Sequence[Execution]) -> list[Told]:
    """What is told of its lines, as trades that the books may have already. Unknown lines are refused elsewhere."""
    lines = {each.id: each.line for each in state.lines}
    return [
        Told(
            reference=each.broker_reference,
            listing_id=lines[each.line_id].listing_id,
            quantity=each.quantity if lines[each.line_id].action == "BUY" else -each.quantity,
            symbol=lines[each.line_id].symbol,
        )
        for each in executions
        if each.line_id in lines
    ]


def require_likely(state: Recommendation, executions: Sequence[Execution]) -> None:
    """Refuse what was told in another unit: it would be booked a hundredfold. Unknown lines are refused elsewhere.

    So is a nought too many. Of a position's order any number is a fact, and one above what was ordered stops the
    portfolio. Raises InvalidFields.
    """
    wrong: list[FieldError] = []
    done = dict(state.executed_quantities)
    for each in executions:
        done[each.line_id] = done.get(each.line_id, ZERO) + each.quantity
        wrong += [(f"lines[{each.number}].{field}", why) for field, why in _unlikely(state, each)]
        too_many = _too_many(state, each.line_id, done[each.line_id])
        if too_many is not None:
            wrong.append((f"lines[{each.number}].quantity", too_many))
    if wrong:
        raise InvalidFields(wrong)


def _is_booked(state: Recommendation, told: Execution) -> bool:
    for each in state.executed:
        if told.broker_reference is None or not told.names(each):
            continue
        if not told.says(each):
            booked = (
                f"{shortest(each.quantity)} at {shortest(each.price)}, with a fee of {shortest(each.fee)}"
            )
            raise Conflict(f"{each.broker_reference} is booked as {booked}, and not as it is told now.")
        return True
    return False


def _unlikely(state: Recommendation, told: Execution) -> list[FieldError]:
    advised = state.line(told.line_id)
    if advised is None:
        return []
    line = advised.line
    found = [("price", rules.misread(line.price, told.price, "the quote unit"))]
    if told.amount is not None:
        share = line.amount * told.quantity / line.quantity
        found.append(("amount", rules.misread(share, told.amount, state.currency)))
    return [(field, why) for field, why in found if why is not None]


def _too_many(state: Recommendation, line_id: UUID, quantity: Decimal) -> str | None:
    advised = state.line(line_id)
    if advised is None or state.order is not None or quantity < rules.FAR * advised.line.quantity:
        return None
    return (
        f"{shortest(quantity)} would be executed of the {shortest(advised.line.quantity)} that were advised;"
        " what was traded besides is posted to the ledger."
    )
