"""Which events are counted, and the fact that each of them is."""

from datetime import datetime
from decimal import Decimal
from typing import assert_never, get_args
from uuid import UUID

from domain.events import Event
from domain.measures.facts import (
    CashMoved,
    Closed,
    Dividend,
    Fact,
    GuardrailsSet,
    Merger,
    Opened,
    Ordered,
    Skipped,
    Split,
    Traded,
)
from domain.money import ZERO, quote_scale
from domain.numbers import exactly
from domain.order import Side
from domain.portfolio.events import PortfolioOpened, PortfolioSettingsChanged
from domain.position import events as position
from domain.position.events import ExecutionBooked, ExecutionCorrected, ExternalFillAdopted

Counted = (
    PortfolioOpened
    | PortfolioSettingsChanged
    | position.PositionOpened
    | position.PositionSettingsChanged
    | position.PositionClosed
    | position.CashAllocated
    | position.CashReturned
    | position.OrderIntended
    | position.Skipped
    | ExecutionBooked
    | ExecutionCorrected
    | ExternalFillAdopted
    | position.DividendAccrued
    | position.SplitApplied
    | position.MergerApplied
)
COUNTED: tuple[type[Event], ...] = get_args(Counted)


@exactly
def fact_of(event: Counted, at: datetime, of: UUID) -> Fact:
    """The fact that an event is, which took effect ``at`` that time, in the stream ``of`` that id.

    A dividend's payment is no fact: what is owed counts as cash from the ex-date (DOMAIN §2, C_effective).
    """
    match event:
        case PortfolioOpened() | PortfolioSettingsChanged():
            return GuardrailsSet(at, None, event.settings.g_low, event.settings.g_high)
        case position.PositionOpened():
            return _opened(event, at, of)
        case position.PositionSettingsChanged():
            return GuardrailsSet(at, of, event.settings.g_low, event.settings.g_high)
        case position.PositionClosed():
            return Closed(at, of, -event.shares)
        case position.CashAllocated():
            return CashMoved(at, of, event.amount)
        case position.CashReturned():
            return CashMoved(at, of, -event.amount)
        case position.OrderIntended():
            return Ordered(at, of, event.order_id)
        case position.Skipped():
            return Skipped(at, of, event.outputs.reason or "unknown")
        case ExecutionBooked():
            return _executed(event, at, of)
        case ExecutionCorrected():
            return _corrected(event, at, of)
        case ExternalFillAdopted():
            return _adopted(event, at, of)
        case position.DividendAccrued():
            return Dividend(event.effective_at, of, event.per_share, event.shares, event.net)
        case position.SplitApplied():
            return Split(event.effective_at, of, event.ratio, event.new_shares - event.old_shares, event.cash)
        case position.MergerApplied():
            return _merged(event, of)
        case _:
            assert_never(event)


def _opened(event: position.PositionOpened, at: datetime, position_id: UUID) -> Opened:
    return Opened(
        at=at,
        position_id=position_id,
        listing_id=event.listing_id,
        exchange=event.exchange,
        unit_scale=quote_scale(event.currency, event.quote_unit),
        shares=event.shares,
        g_low=event.settings.g_low,
        g_high=event.settings.g_high,
    )


def _executed(event: ExecutionBooked, at: datetime, position_id: UUID) -> Traded:
    sign = _sign(event.side)
    return Traded(
        at=at,
        position_id=position_id,
        order_id=event.order_id,
        quantity=event.quantity,
        price=event.decided_price,
        notional=event.notional,
        fees=event.commission,
        slippage=sign * (event.price - event.decided_price) * event.quantity,
        decided_value=event.decided_price * event.quantity,
        shares=sign * (event.quantity if event.shares is None else event.shares),
        cash=-sign * event.notional - event.commission,
        multiplied=event.shares is not None,
    )


def _corrected(event: ExecutionCorrected, at: datetime, position_id: UUID) -> Traded:
    """What the new revision adds to the one before it: together they are the new one."""
    sign = _sign(event.side)
    quantity, fees = event.quantity - event.previous_quantity, event.commission - event.previous_commission
    paid = event.price * event.quantity - event.previous_price * event.previous_quantity
    return Traded(
        at=at,
        position_id=position_id,
        order_id=event.order_id,
        quantity=quantity,
        price=None,
        notional=-sign * (event.cash + fees),
        fees=fees,
        slippage=sign * (paid - event.decided_price * quantity),
        decided_value=event.decided_price * quantity,
        shares=event.shares,
        cash=event.cash,
        multiplied=abs(event.shares) != abs(quantity),
    )


def _adopted(event: ExternalFillAdopted, at: datetime, position_id: UUID) -> Traded:
    """Nobody decided it, so there is no price to have slipped from."""
    sign = _sign(event.side)
    return Traded(
        at=at,
        position_id=position_id,
        order_id=None,
        quantity=event.quantity,
        price=event.price,
        notional=event.notional,
        fees=event.commission,
        slippage=ZERO,
        decided_value=ZERO,
        shares=sign * event.quantity,
        cash=-sign * event.notional - event.commission,
        multiplied=False,
    )


def _merged(event: position.MergerApplied, position_id: UUID) -> Merger:
    return Merger(
        at=event.effective_at,
        position_id=position_id,
        listing_id=event.into.listing_id,
        exchange=event.into.exchange,
        unit_scale=quote_scale(event.currency, event.into.quote_unit),
        ratio=event.ratio,
        shares=event.new_shares - event.old_shares,
        cash=event.cash,
        less=event.anchor_less,
        divided_by=event.anchor_divided_by,
    )


def _sign(side: Side) -> Decimal:
    return Decimal(1 if side == "BUY" else -1)
