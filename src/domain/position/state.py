"""What a position's decisions read, and how each event changes it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal, assert_never
from uuid import UUID

from domain.events import Value
from domain.money import ZERO, quote_scale
from domain.numbers import exactly
from domain.order import Execution, Order, OrderStatus, OrderStep, Side
from domain.position.events import (
    AnchorMoved,
    AnyPositionEvent,
    CashAllocated,
    CashReturned,
    ExecutionBooked,
    OrderAccepted,
    OrderEnded,
    OrderIntended,
    OrderSubmitted,
    PositionClosed,
    PositionOpened,
    PositionPaused,
    PositionResumed,
    PositionSettingsChanged,
    Skipped,
)
from domain.settings import SettingsChange

Status = Literal["active", "paused", "closed"]


class LastSkip(Value):
    """The last skip that was stored; an equal one in the same session is only counted (DOMAIN §2)."""

    trading_day: date
    side: Side | None
    reason: str


@dataclass(frozen=True, slots=True)
class Position:
    """A position's state. ``cash`` is its own bucket, ``anchor`` in the quote unit, ``order`` the latest."""

    id: UUID
    portfolio_id: UUID
    listing_id: UUID
    symbol: str
    exchange: str
    currency: str
    quote_unit: str
    lot: Decimal
    status: Status
    shares: Decimal
    cash: Decimal
    receivable: Decimal
    book_cost: Decimal
    anchor: Decimal
    settings: SettingsChange
    order: Order | None = None
    order_day: date | None = None
    order_day_count: int = 0
    last_skip: LastSkip | None = None

    @property
    def unit_scale(self) -> Decimal:
        """How much of the currency one quote unit is."""
        return quote_scale(self.currency, self.quote_unit)

    @property
    def open_order(self) -> Order | None:
        """The order that has not ended, if any."""
        return self.order if self.order is not None and self.order.is_open else None

    def orders_on(self, trading_day: date) -> int:
        """How many orders reached SUBMITTING on that trading day."""
        return self.order_day_count if self.order_day == trading_day else 0


@exactly
def evolve(state: Position | None, event: AnyPositionEvent, position_id: UUID) -> Position:
    """The position after an event."""
    if isinstance(event, PositionOpened):
        return _opened(event, position_id)
    if state is None:
        raise ValueError(f"a position's first event must be {PositionOpened.name}, not {event.name}")
    match event:
        case PositionSettingsChanged():
            return replace(state, settings=event.settings)
        case CashAllocated():
            return replace(state, cash=state.cash + event.amount)
        case CashReturned():
            return replace(state, cash=state.cash - event.amount)
        case PositionPaused():
            return replace(state, status="paused")
        case PositionResumed():
            return replace(state, status="active")
        case PositionClosed():
            return replace(state, status="closed", shares=ZERO, book_cost=ZERO)
        case OrderIntended():
            return replace(state, order=_intended(event))
        case Skipped():
            return replace(
                state,
                last_skip=LastSkip(
                    trading_day=event.inputs.trading_day,
                    side=event.outputs.side,
                    reason=event.outputs.reason or "",
                ),
            )
        case AnchorMoved():
            return replace(state, anchor=event.new_anchor)
        case OrderSubmitted() | OrderAccepted() | ExecutionBooked() | OrderEnded():
            return _with_order(state, event)
        case _:
            assert_never(event)


def _opened(event: PositionOpened, position_id: UUID) -> Position:
    return Position(
        id=position_id,
        portfolio_id=event.portfolio_id,
        listing_id=event.listing_id,
        symbol=event.symbol,
        exchange=event.exchange,
        currency=event.currency,
        quote_unit=event.quote_unit,
        lot=event.lot,
        status="active",
        shares=event.shares,
        cash=ZERO,
        receivable=ZERO,
        book_cost=event.book_cost,
        anchor=event.anchor,
        settings=event.settings,
    )


def _intended(event: OrderIntended) -> Order:
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
    )


def _with_order(
    state: Position, event: OrderSubmitted | OrderAccepted | ExecutionBooked | OrderEnded
) -> Position:
    order = state.order
    if order is None or order.id != event.order_id:
        raise ValueError(f"{event.name} names order {event.order_id}, which is not the latest of {state.id}")
    match event:
        case OrderSubmitted():
            submitted = order.model_copy(
                update={
                    "status": order.after(OrderStep.SUBMITTED),
                    "broker": event.broker,
                    "account": event.account,
                }
            )
            count = state.orders_on(event.trading_day) + 1
            return replace(state, order=submitted, order_day=event.trading_day, order_day_count=count)
        case OrderAccepted():
            accepted = {
                "status": order.after(OrderStep.ACCEPTED),
                "broker_order_id": event.broker_order_id,
            }
            return replace(state, order=order.model_copy(update=accepted))
        case OrderEnded():
            ended = order.model_copy(update={"status": order.after(OrderStep[event.status.name])})
            return replace(state, order=ended)
        case ExecutionBooked():
            return _with_execution(state, order, event)
        case _:
            assert_never(event)


def _with_execution(state: Position, order: Order, event: ExecutionBooked) -> Position:
    execution = Execution(
        execution_id=event.execution_id,
        revision=event.revision,
        quantity=event.quantity,
        price=event.price,
        commission=event.commission,
        notional=event.notional,
        at=event.executed_at,
    )
    sign = 1 if event.side == "BUY" else -1
    return replace(
        state,
        order=order.model_copy(
            update={
                "status": order.after(OrderStep.EXECUTED),
                "executions": (*order.executions, execution),
            }
        ),
        shares=state.shares + sign * event.quantity,
        cash=state.cash - sign * event.notional - event.commission,
        book_cost=state.book_cost + sign * event.book_cost,
    )
