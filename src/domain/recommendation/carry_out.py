"""Carry advice out by orders: each line is placed, declined, or waits; then the attempt is over (DOMAIN §8)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.money import ZERO
from domain.order import Order, OrderStatus
from domain.position.evaluate import Evaluation
from domain.position.events import OrderEnded, OrderIntended
from domain.recommendation.decide import Events, require_open
from domain.recommendation.events import (
    AdvisedLine,
    DeclineReason,
    ExecutedLine,
    LineDeclined,
    LinePlaced,
    LineSettled,
    PlacingBegun,
    PlacingEnded,
)
from domain.recommendation.placing import DOES_NOT_FIT, Declined, Placed
from domain.recommendation.state import Recommendation


def left_of(state: Recommendation, advised: AdvisedLine) -> Decimal:
    """How many units of a line have not been executed."""
    return max(ZERO, advised.line.quantity - state.executed_quantities.get(advised.id, ZERO))


def begin(state: Recommendation, now: datetime, *, at_once: bool) -> Events:
    """Begin to place what is left of its lines; under way it is already so. Raises Conflict when it is over."""
    require_open(state)
    lines = tuple(each.id for each in state.lines if left_of(state, each) > 0)
    if state.placing is not None or state.order is not None or not lines:
        return []
    return [
        PlacingBegun(
            recommendation_id=state.id,
            portfolio_id=state.portfolio_id,
            attempt=state.attempts + 1,
            at_once=at_once,
            begun_at=now,
            lines=lines,
        )
    ]


def placed_in_this_attempt(state: Recommendation, line_id: UUID) -> Placed | None:
    """The order that a line has become in the attempt that is under way."""
    return next((e for e in state.placed if (e.line_id, e.attempt) == (line_id, state.attempts)), None)


def declined_in_this_attempt(state: Recommendation, line_id: UUID) -> Declined | None:
    """Why a line is not placed in the attempt that is under way."""
    return next((e for e in state.declined if (e.line_id, e.attempt) == (line_id, state.attempts)), None)


def waiting(state: Recommendation) -> list[AdvisedLine]:
    """The lines that are still to be placed, or declined, in the order of the advice."""
    if state.placing is None:
        return []
    return [
        each
        for each in state.lines
        if each.id in state.placing.lines
        and left_of(state, each) > 0
        and placed_in_this_attempt(state, each.id) is None
        and declined_in_this_attempt(state, each.id) is None
    ]


def place(
    state: Recommendation, advised: AdvisedLine, position_id: UUID, intended: OrderIntended, cash: Decimal
) -> Events:
    """A line has become the order of a position."""
    return [
        LinePlaced(
            recommendation_id=state.id,
            portfolio_id=state.portfolio_id,
            line_id=advised.id,
            attempt=state.attempts,
            symbol=intended.symbol,
            position_id=position_id,
            order_id=intended.order_id,
            client_order_id=intended.client_order_id,
            side=intended.side,
            quantity=intended.quantity,
            cash=cash,
            trading_day=intended.inputs.trading_day,
        )
    ]


def decline(
    state: Recommendation,
    advised: AdvisedLine,
    reason: DeclineReason,
    message: str,
    evaluation: Evaluation | None = None,
) -> Events:
    """A line is not placed in this attempt."""
    return [
        LineDeclined(
            recommendation_id=state.id,
            portfolio_id=state.portfolio_id,
            line_id=advised.id,
            attempt=state.attempts,
            symbol=advised.line.symbol,
            reason=reason,
            rule=evaluation.rule if evaluation else None,
            inputs=evaluation.inputs if evaluation else None,
            outputs=evaluation.decision if evaluation else None,
            message=message,
        )
    ]


def settle(
    state: Recommendation, placed: Placed, order: Order, ended: OrderEnded, executions: Sequence[ExecutedLine]
) -> Events:
    """The order of a line has ended, or was executed otherwise since; what is known of it is already so."""
    known = tuple(each for each in state.executed if each.order_id == order.id)
    if not placed.at_work and known == tuple(executions):
        return []
    settled = LineSettled(
        recommendation_id=state.id,
        portfolio_id=state.portfolio_id,
        line_id=placed.line_id,
        attempt=placed.attempt,
        symbol=placed.symbol,
        position_id=placed.position_id,
        order_id=order.id,
        side=order.side,
        status=ended.status,
        reason=ended.reason,
        ordered=order.quantity,
        filled=order.filled,
        average_price=order.average_price,
        fee=sum((each.fee for each in executions), ZERO),
        executions=tuple(executions),
    )
    return [settled]


def conclude(state: Recommendation) -> Events:
    """End the attempt once each of its lines is declined, or its order has ended."""
    if state.placing is None or waiting(state) or any(each.at_work for each in state.placed):
        return []
    left = tuple(
        each.id for each in state.lines if each.id in state.placing.lines and _may_be_placed(state, each)
    )
    return [
        PlacingEnded(
            recommendation_id=state.id,
            portfolio_id=state.portfolio_id,
            attempt=state.attempts,
            complete=not left and bool(state.executed),
            left=left if left or state.executed else state.placing.lines,
        )
    ]


def _may_be_placed(state: Recommendation, advised: AdvisedLine) -> bool:
    """Whether something is left of a line that still could be carried out: it was neither executed nor cut."""
    if left_of(state, advised) <= 0:
        return False
    declined = declined_in_this_attempt(state, advised.id)
    if declined is not None:
        return declined.reason not in DOES_NOT_FIT
    placed = placed_in_this_attempt(state, advised.id)
    return placed is None or placed.status is not OrderStatus.FILLED
