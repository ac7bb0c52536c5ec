"""A position after a corporate action has taken effect, or its dividend was paid (DOMAIN §5)."""

from dataclasses import replace
from decimal import Decimal

from domain.adjustment import Adjustment
from domain.position.events import (
    DividendAccrued,
    DividendPaid,
    MergerApplied,
    SplitApplied,
)
from domain.position.settled import Accrual, Settled, for_today
from domain.position.state import Position


def accrued(state: Position, event: DividendAccrued) -> Position:
    """The position with a dividend that it is owed, net of tax, and its anchor without that."""
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


def paid(state: Position, event: DividendPaid) -> Position:
    """The position with a dividend in cash that it was owed."""
    return replace(
        state,
        cash=state.cash + event.net,
        receivable=state.receivable - event.net,
        accruals=tuple(each for each in state.accruals if not _is_of(each, event)),
    )


def _is_of(accrual: Accrual, paid: DividendPaid) -> bool:
    return (accrual.listing_id, accrual.ex_date) == (paid.listing_id, paid.ex_date)


def split(state: Position, event: SplitApplied) -> Position:
    """The position with its new shares, and the cash that came for a fraction."""
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


def merged(state: Position, event: MergerApplied) -> Position:
    """The position in the listing that its own has become."""
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
