"""The order of a line of advice has ended: its executions are the line's, the rest is the portfolio's again.

All of it is in the append that ends the order, or that books what comes after its end.
"""

from collections.abc import Sequence
from uuid import UUID

from application.alerts import Concern, raise_alert, settle_alert
from application.ledger import Stream, Transaction
from application.orders.hand_on import hand_on
from application.placing.booked_besides import warn_of_entries
from domain.money import ZERO
from domain.order import Order
from domain.placing.opening import wind_up
from domain.portfolio import advice as advice_rules
from domain.position.events import ExecutionBooked, ExecutionCorrected, OrderEnded
from domain.position.state import Position
from domain.recommendation import carry_out as rules
from domain.recommendation.events import ExecutedLine, PlacingEnded
from domain.recommendation.placing import Placed
from domain.recommendation.state import Recommendation
from domain.streams import PORTFOLIO, POSITION, RECOMMENDATION

NOT_PLACED = "advice_not_placed"
"""The rule of the alert that calls a person to what could not be carried out."""


def settle_placement(transaction: Transaction, position_id: UUID) -> None:
    """Settle what a position carries out, if it does and its order has ended. Settled, it is already so."""
    stream, position = transaction.require(POSITION, position_id)
    placement, order = position.placement, position.order
    if placement is None or order is None or order.is_open:
        return
    hand_on(transaction, stream, wind_up(position))
    advice, state = transaction.require(RECOMMENDATION, placement.recommendation_id)
    placed = next(each for each in state.placed if each.position_id == position_id)
    ended = transaction.events_of(stream, [OrderEnded.name])[-1].event
    if not isinstance(ended, OrderEnded):
        raise TypeError(f"{ended.name} is no end of an order")
    executions = _executions(transaction, stream, placed, order)
    _tell_of_units(transaction, state, position, order)
    state = transaction.append(advice, rules.settle(state, placed, order, ended, executions))
    _use_up(transaction, state, placed)
    warn_of_entries(transaction, position, executions)
    conclude(transaction, advice)


def settle_not_placed(transaction: Transaction, portfolio_id: UUID) -> None:
    """Settle the call to what could not be placed: the advice is over, or is being placed again."""
    settle_alert(
        transaction, (portfolio_id, None, NOT_PLACED), "The advice is over, or is being placed again."
    )


def conclude(transaction: Transaction, advice: Stream[Recommendation]) -> None:
    """End an attempt of which nothing is at work or waits; what is left of it calls a person."""
    state = advice.state
    ended = rules.conclude(state) if state is not None else []
    if state is None or not ended:
        return
    state = transaction.append(advice, ended)
    if not state.is_open:
        stream, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
        transaction.append(stream, advice_rules.close_advice(portfolio, state.id, keep_consumed=True))
        settle_not_placed(transaction, state.portfolio_id)
    elif isinstance(ended[-1], PlacingEnded):
        message = ended[-1].sentence()
        raise_alert(transaction, Concern(state.portfolio_id, None, NOT_PLACED, "WARN", message))


def _tell_of_units(transaction: Transaction, state: Recommendation, position: Position, order: Order) -> None:
    """Say on the portfolio what has come to, or gone from, the units that it holds outside of positions."""
    known = sum((each.quantity for each in state.executed if each.order_id == order.id), ZERO)
    more = order.filled - known if order.side == "BUY" else known - order.filled
    stream, portfolio = transaction.require(PORTFOLIO, position.portfolio_id)
    at = max((each.at for each in order.executions), default=None)
    transaction.append(stream, advice_rules.traded(portfolio, position, order.id, more), at=at)


def _use_up(transaction: Transaction, state: Recommendation, placed: Placed) -> None:
    """A trigger is used up once something of its lines was executed."""
    advised = state.line(placed.line_id)
    executed = any(each.order_id == placed.order_id for each in state.executed)
    if advised is None or advised.line.trigger is None or not executed:
        return
    stream, portfolio = transaction.require(PORTFOLIO, state.portfolio_id)
    transaction.append(stream, advice_rules.consume(portfolio, state.id, {advised.line.trigger}))


def _executions(
    transaction: Transaction, stream: Stream[Position], placed: Placed, order: Order
) -> Sequence[ExecutedLine]:
    """What was executed of the order by now, each under the journal entry that booked it first."""
    entries: dict[str, UUID] = {}
    for recorded in transaction.events_of(stream, [ExecutionBooked.name, ExecutionCorrected.name]):
        event = recorded.event
        if isinstance(event, ExecutionBooked | ExecutionCorrected):
            entries.setdefault(event.execution_id, recorded.metadata.id)
    return [
        ExecutedLine(
            line_id=placed.line_id,
            action=order.side,
            symbol=placed.symbol,
            quantity=each.quantity,
            price=each.price,
            fee=each.commission,
            executed_at=each.at,
            broker_reference=each.execution_id,
            entry_id=entries[each.execution_id],
            amount=each.notional,
            order_id=order.id,
        )
        for each in order.executions
        if each.quantity
    ]
