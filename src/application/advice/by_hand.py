"""What a person does with a position's recommendation, as it moves the order behind it (DOMAIN §3, §8)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from application.advice.execution import Execution
from application.advice.told import NO_LINE, require_likely
from application.books.post_entries import AHEAD_MAX, NOT_YET, OwnUnits
from application.ledger import Transaction
from application.orders.find_order import Located, locate, locate_again
from application.orders.order_reports import settle_closed, stop_if_overfilled
from domain.money import too_fine
from domain.order import Fill
from domain.portfolio.units import Units
from domain.position import by_hand as rules
from domain.position.events import ExecutionBooked
from domain.recommendation.events import ExecutedLine, PositionOrder
from domain.recommendation.state import Recommendation
from domain.refusals import FieldError, InvalidFields
from domain.streams import PORTFOLIO

COMPLETE = "a person places no more of it"


def take_up(transaction: Transaction, advised: PositionOrder) -> None:
    """A person places the order."""
    located = locate(transaction, advised.client_order_id)
    _append(transaction, located, rules.take_up(located.position, located.order))


def execute(
    transaction: Transaction, state: Recommendation, advised: PositionOrder, executions: Sequence[Execution]
) -> list[ExecutedLine]:
    """Book what was executed into the position, in the order in which it was. Raises InvalidFields, Conflict."""
    require_likely(state, executions)
    _require_bookable(transaction, state, executions)
    located = locate(transaction, advised.client_order_id)
    done = []
    for execution in sorted(executions, key=lambda each: each.executed_at or transaction.now):
        at = execution.executed_at or transaction.now
        fill = Fill(
            execution_id=str(transaction.new_id()),
            revision=1,
            quantity=execution.quantity,
            price=execution.price,
            commission=execution.fee,
            at=at,
        )
        events = rules.execute(located.position, located.order, fill)
        located = _append(transaction, located, events, at)
        stop_if_overfilled(transaction, located)
        done.append(execution.booked(state.lines[0], _entry_id(transaction, located), at))
    return done


def give_up(transaction: Transaction, advised: PositionOrder, reason: str) -> None:
    """Nothing more of it will be placed; an order that has ended stays ended."""
    located = locate(transaction, advised.client_order_id)
    _append(transaction, located, rules.give_up(located.position, located.order, reason))


def take_back(transaction: Transaction, advised: PositionOrder, reason: str, own_units: OwnUnits) -> None:
    """Undo what was booked of it; the anchor goes back if no newer order has ended. Raises Conflict."""
    located = locate(transaction, advised.client_order_id)
    position = located.position
    _, portfolio = transaction.require(PORTFOLIO, position.portfolio_id)
    units = own_units(portfolio.id, [position.listing_id]).get(position.listing_id, Units())
    handed_on = rules.Left(units.quantity, portfolio.cash)
    _append(transaction, located, rules.take_back(position, located.order, reason, handed_on))


def _append(
    transaction: Transaction, located: Located, events: rules.Events, at: datetime | None = None
) -> Located:
    if not events:
        return located
    transaction.append(located.stream, events, at=at)
    located = locate_again(transaction, located, events)
    settle_closed(transaction, located)
    return located


def _entry_id(transaction: Transaction, located: Located) -> UUID:
    """The journal entry of what was booked last: it goes by the id of its event."""
    read = transaction.version_read(located.stream)
    return transaction.events_of(located.stream, [ExecutionBooked.name], after=read)[-1].metadata.id


def _require_bookable(
    transaction: Transaction, state: Recommendation, executions: Sequence[Execution]
) -> None:
    wrong: list[FieldError] = []
    for each in executions:
        where = f"lines[{each.number}]"
        if state.line(each.line_id) is None:
            wrong.append((f"{where}.line_id", NO_LINE))
        if each.amount is not None:
            wrong.append((f"{where}.amount", "A position's trade comes to quantity times price."))
        fault = too_fine(each.fee, state.currency)
        if fault is not None:
            wrong.append((f"{where}.fee", fault))
        if each.executed_at is not None and each.executed_at > transaction.now + AHEAD_MAX:
            wrong.append((f"{where}.executed_at", NOT_YET))
    if wrong:
        raise InvalidFields(wrong)
