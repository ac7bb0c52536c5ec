"""An order as its position's events tell of it."""

from collections.abc import Iterable
from typing import assert_never
from uuid import UUID

from domain.events import Event
from domain.money import ZERO
from domain.order import Execution, Order, OrderStatus, OrderStep
from domain.position.events import (
    ExecutionBooked,
    ExecutionCorrected,
    OrderAccepted,
    OrderEnded,
    OrderIntended,
    OrderMarked,
    OrderReevaluated,
    OrderSubmitted,
    OrderUnknown,
)

OrderChanged = (
    OrderReevaluated
    | OrderSubmitted
    | OrderAccepted
    | OrderMarked
    | OrderUnknown
    | ExecutionBooked
    | ExecutionCorrected
    | OrderEnded
)
"""The events of an order after the first."""

ORDER_EVENTS: tuple[type[Event], ...] = (OrderIntended, *OrderChanged.__args__)


def begun(event: OrderIntended) -> Order:
    """The order that a decision began."""
    return Order(
        id=event.order_id,
        client_order_id=event.client_order_id,
        side=event.side,
        type=event.type,
        quantity=event.quantity,
        decided_price=event.outputs.price or ZERO,
        decided_at=event.decided_at,
        trading_day=event.inputs.trading_day,
        status=OrderStatus.INTENDED,
        by_hand=bool(event.by_hand),
    )


def changed(order: Order, event: OrderChanged) -> Order:
    """The order after one of its events. Raises KeyError for a step that its table refuses."""
    match event:
        case OrderReevaluated():
            return order.after(
                OrderStep.REEVALUATED,
                client_order_id=event.client_order_id,
                side=event.side,
                quantity=event.quantity,
                decided_price=event.outputs.price or order.decided_price,
                decided_at=event.decided_at,
                trading_day=event.inputs.trading_day,
                reevaluations=event.attempt,
            )
        case OrderSubmitted():
            return order.after(
                OrderStep.SUBMITTED,
                broker=event.broker,
                account=event.account,
                limit_price=event.limit_price,
                time_in_force=event.time_in_force or "day",
            )
        case OrderAccepted():
            return order.after(OrderStep.ACCEPTED, broker_order_id=event.broker_order_id, probes=0)
        case OrderMarked():
            return order.after(OrderStep[event.overlay.name])
        case OrderUnknown():
            return order.after(OrderStep.OUTCOME_UNKNOWN, probes=event.probe)
        case ExecutionBooked():
            return order.after(OrderStep.EXECUTED, executions=order.with_execution(executed(order, event)))
        case ExecutionCorrected():
            return order.after(OrderStep.CORRECTED, executions=order.with_execution(executed(order, event)))
        case OrderEnded():
            return order.after(OrderStep[event.status.name])
        case _:
            assert_never(event)


def executed(order: Order, event: ExecutionBooked | ExecutionCorrected) -> Execution:
    """The execution's latest revision as the event leaves it."""
    known = order.execution(event.execution_id)
    book_cost = event.book_cost
    if isinstance(event, ExecutionCorrected):
        sign = 1 if event.side == "BUY" else -1
        book_cost = (known.book_cost if known else ZERO) + sign * event.book_cost
    return Execution(
        execution_id=event.execution_id,
        revision=event.revision,
        quantity=event.quantity,
        price=event.price,
        commission=event.commission,
        notional=event.notional,
        at=event.executed_at,
        book_cost=book_cost,
    )


def recalled(events: Iterable[Event], order_id: UUID, order: Order | None = None) -> Order | None:
    """An order out of its position's events, None when they know none of this id; ``order`` as it was before them."""
    for event in events:
        if isinstance(event, OrderIntended) and event.order_id == order_id:
            order = begun(event)
        elif order is not None and isinstance(event, OrderChanged) and event.order_id == order_id:
            order = changed(order, event)
    return order
