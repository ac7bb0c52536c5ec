"""What a position's decisions read, and how each event changes it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, assert_never
from uuid import UUID

from domain.actions import ActionKind
from domain.adjustment import Adjustment
from domain.events import Value
from domain.money import ZERO, quote_scale
from domain.numbers import Exact, exactly
from domain.order import Order, Side
from domain.placing.placement import Placement
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
from domain.position.settled import Accrual, LastEnded, Settled, for_today
from domain.settings import SettingsChange

Status = Literal["active", "paused", "placing", "closed"]

ORDER_DAYS_MAX = 5


class LastSkip(Value):
    """The last skip that was stored; an equal one in the same session is only counted (DOMAIN §2)."""

    trading_day: date
    side: Side | None
    reason: str


class OrderDay(Value):
    """How many orders reached SUBMITTING on a trading day."""

    day: date
    orders: int


class HandedOver(Value):
    """The shares, and their cost, that a closed position has left to its portfolio as a holding."""

    shares: Exact = ZERO
    book_cost: Exact = ZERO


NOTHING = HandedOver()


@dataclass(frozen=True, slots=True)
class Position:
    """A position's state. ``cash`` is its own bucket, ``anchor`` in the quote unit, ``order`` the latest.

    ``anchored_at`` is the last of the fills that the anchor follows, None while it follows none. One that is *placing*
    carries out its ``placement``, a line of advice, by one order, and is closed with it.
    """

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
    order_days: tuple[OrderDay, ...] = ()
    last_skip: LastSkip | None = None
    last_ended: LastEnded | None = None
    accruals: tuple[Accrual, ...] = ()
    settled: tuple[Settled, ...] = ()
    handed_over: HandedOver = NOTHING
    anchored_at: datetime | None = None
    placement: Placement | None = None

    @property
    def unit_scale(self) -> Decimal:
        """How much of the currency one quote unit is."""
        return quote_scale(self.currency, self.quote_unit)

    @property
    def open_order(self) -> Order | None:
        """The order that has not ended, if any."""
        return self.order if self.order is not None and self.order.is_open else None

    def orders_on(self, trading_day: date) -> int:
        """How many orders reached SUBMITTING on that trading day, as far back as the last few days of orders."""
        return next((each.orders for each in self.order_days if each.day == trading_day), 0)

    def unit_scale_at(self, at: datetime) -> Decimal:
        """How much of the currency one quote unit was: a merger may have brought another."""
        since = [each for each in self.settled if each.effective_at > at]
        first = min(since, key=lambda each: each.effective_at, default=None)
        return quote_scale(self.currency, first.quote_unit if first else self.quote_unit)

    def has_settled(self, kind: ActionKind, listing_id: UUID, day: date) -> bool:
        """Whether that corporate action took effect on this position already."""
        return any((each.kind, each.listing_id, each.day) == (kind, listing_id, day) for each in self.settled)


@exactly
def evolve(state: Position | None, event: AnyPositionEvent, position_id: UUID) -> Position:
    """The position after an event."""
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
            return _accrued(state, event)
        case DividendPaid():
            return replace(
                state,
                cash=state.cash + event.net,
                receivable=state.receivable - event.net,
                accruals=tuple(each for each in state.accruals if not _is_of(each, event)),
            )
        case SplitApplied():
            return _split(state, event)
        case MergerApplied():
            return _merged(state, event)
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


def _accrued(state: Position, event: DividendAccrued) -> Position:
    settled = Settled(
        kind="dividend",
        listing_id=event.listing_id,
        day=event.ex_date,
        effective_at=event.effective_at,
        quote_unit=state.quote_unit,
        adjustment=Adjustment(less=event.per_share / state.unit_scale),
    )
    accrual = Accrual(
        listing_id=event.listing_id,
        symbol=event.symbol,
        ex_date=event.ex_date,
        pay_date=event.pay_date,
        payable_at=event.payable_at,
        net=event.net,
    )
    return replace(
        _settled(state, settled, event.new_anchor),
        receivable=state.receivable + event.net,
        accruals=(*state.accruals, accrual) if event.net else state.accruals,
    )


def _is_of(accrual: Accrual, paid: DividendPaid) -> bool:
    return (accrual.listing_id, accrual.ex_date) == (paid.listing_id, paid.ex_date)


def _split(state: Position, event: SplitApplied) -> Position:
    settled = Settled(
        kind="split",
        listing_id=event.listing_id,
        day=event.ex_date,
        effective_at=event.effective_at,
        quote_unit=state.quote_unit,
        ratio=event.ratio,
        adjustment=Adjustment(divided_by=event.ratio),
    )
    return replace(
        _settled(state, settled, event.new_anchor),
        shares=event.new_shares,
        cash=state.cash + event.cash,
        book_cost=state.book_cost - event.book_cost,
    )


def _merged(state: Position, event: MergerApplied) -> Position:
    settled = Settled(
        kind="merger",
        listing_id=event.listing_id,
        day=event.effective,
        effective_at=event.effective_at,
        quote_unit=state.quote_unit,
        ratio=event.ratio,
        adjustment=Adjustment(less=event.anchor_less, divided_by=event.anchor_divided_by),
    )
    into = event.into
    return replace(
        _settled(state, settled, event.new_anchor),
        listing_id=into.listing_id,
        symbol=into.symbol,
        exchange=into.exchange,
        quote_unit=into.quote_unit,
        lot=into.lot,
        shares=event.new_shares,
        cash=state.cash + event.cash,
        book_cost=state.book_cost - event.book_cost,
    )


def _settled(state: Position, settled: Settled, anchor: Decimal) -> Position:
    """The position with a corporate action on record, and its anchor and what that may go back to adjusted."""
    last = state.last_ended
    if last is not None:
        last = last.after(settled, for_today(state.settled, settled))
    return replace(state, settled=(*state.settled, settled), last_ended=last, anchor=anchor)
