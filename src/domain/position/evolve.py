"""How each event changes a position."""

from dataclasses import replace
from datetime import date, datetime
from typing import assert_never
from uuid import UUID

from domain.money import ZERO
from domain.numbers import exactly
from domain.order import Order
from domain.position.after_actions import accrued, merged, paid, split
from domain.position.events import (
    AnchorMoved,
    AnyPositionEvent,
    CashAllocated,
    CashReturned,
    DividendAccrued,
    DividendPaid,
    ExecutionBooked,
    ExecutionCorrected,
    ExternalFillAdopted,
    MergerApplied,
    OrderAccepted,
    OrderEnded,
    OrderIntended,
    OrderMarked,
    OrderReevaluated,
    OrderSubmitted,
    OrderUnknown,
    PositionClosed,
    PositionOpened,
    PositionPaused,
    PositionResumed,
    PositionSettingsChanged,
    PositionSymbolChanged,
    Skipped,
    SplitApplied,
)
from domain.position.order_state import OrderChanged, begun, changed
from domain.position.settled import LastEnded
from domain.position.state import ORDER_DAYS_MAX, HandedOver, LastSkip, OrderDay, Position


@exactly
def evolve(state: Position | None, event: AnyPositionEvent, position_id: UUID) -> Position:
    """The position after an event.

    Raises ValueError for an event of an order that is not the latest, and for a first one that opens nothing.
    """
    if isinstance(event, PositionOpened):
        return _opened(event, position_id)
    if state is None:
        raise ValueError(f"a position's first event must be {PositionOpened.name}, not {event.name}")
    if isinstance(event, OrderChanged):
        state = _with_order(state, event)
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
        case PositionSymbolChanged():
            return replace(state, symbol=event.symbol)
        case PositionClosed():
            return _closed(state, event)
        case OrderIntended():
            return replace(state, order=begun(event))
        case Skipped():
            skip = LastSkip(
                trading_day=event.inputs.trading_day,
                side=event.outputs.side,
                reason=event.outputs.reason or "",
            )
            return replace(state, last_skip=skip)
        case OrderReevaluated() | OrderAccepted() | OrderMarked() | OrderUnknown():
            return state
        case OrderSubmitted():
            return replace(state, order_days=_counted(state.order_days, event.trading_day))
        case OrderEnded():
            return _ended(state, event)
        case AnchorMoved():
            return replace(state, anchor=event.new_anchor, anchored_at=_anchored_at(state, event))
        case ExecutionBooked() | ExternalFillAdopted():
            return _traded(state, event)
        case ExecutionCorrected():
            return replace(
                state,
                shares=state.shares + event.shares,
                cash=state.cash + event.cash,
                book_cost=state.book_cost + event.book_cost,
            )
        case DividendAccrued():
            return accrued(state, event)
        case DividendPaid():
            return paid(state, event)
        case SplitApplied():
            return split(state, event)
        case MergerApplied():
            return merged(state, event)
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
        status="active" if event.placement is None else "placing",
        shares=event.shares,
        cash=ZERO,
        receivable=ZERO,
        book_cost=event.book_cost,
        anchor=event.anchor,
        settings=event.settings,
        placement=event.placement,
    )


def _with_order(state: Position, event: OrderChanged) -> Position:
    """The position with its latest order moved on; executions of earlier orders leave that as it is."""
    if state.order is not None and state.order.id == event.order_id:
        return replace(state, order=changed(state.order, event))
    if isinstance(event, ExecutionBooked | ExecutionCorrected):
        return state
    raise ValueError(f"{event.name} names order {event.order_id}, which is not the latest of {state.id}")


def _closed(state: Position, event: PositionClosed) -> Position:
    """Closed for good; what comes later is handed over in its turn."""
    handed = HandedOver(
        shares=state.handed_over.shares + event.shares,
        book_cost=state.handed_over.book_cost + event.book_cost,
    )
    return replace(state, status="closed", shares=ZERO, book_cost=ZERO, handed_over=handed)


def _counted(days: tuple[OrderDay, ...], trading_day: date) -> tuple[OrderDay, ...]:
    counts = {each.day: each.orders for each in days}
    counts[trading_day] = counts.get(trading_day, 0) + 1
    latest = sorted(counts)[-ORDER_DAYS_MAX:]
    return tuple(OrderDay(day=day, orders=counts[day]) for day in latest)


def _ended(state: Position, event: OrderEnded) -> Position:
    """The anchor follows the last order that had left; one that was never sent changes nothing about that."""
    if state.order is None or state.order.broker is None:
        return state
    last = LastEnded(order_id=event.order_id, anchor_before=state.anchor, anchored_at=state.anchored_at)
    return replace(state, last_ended=last, anchored_at=_last_fill(state.order) or state.anchored_at)


def _last_fill(order: Order) -> datetime | None:
    return max((each.at for each in order.executions if each.quantity), default=None)


def _anchored_at(state: Position, event: AnchorMoved) -> datetime | None:
    """The last fill of the order that the anchor follows, or of the one before when it went back."""
    last = state.last_ended
    if last is not None and event.new_anchor == last.goes_back_to:
        return last.anchored_at
    if state.order is None or state.order.id != event.order_id:
        return state.anchored_at  # a correction of an earlier order, whose fills keep their moments
    return _last_fill(state.order) or state.anchored_at


def _traded(state: Position, event: ExecutionBooked | ExternalFillAdopted) -> Position:
    sign = 1 if event.side == "BUY" else -1
    shares = event.quantity if event.shares is None else event.shares
    return replace(
        state,
        shares=state.shares + sign * shares,
        cash=state.cash - sign * event.notional - event.commission,
        book_cost=state.book_cost + sign * event.book_cost,
    )
