"""What corporate actions do to a position: each once, none to one that is closed (DOMAIN §5)."""

from decimal import Decimal

from domain.actions import Announced, DividendAnnounced, MergerAnnounced, SplitAnnounced
from domain.adjustment import ONE
from domain.listing import Listing
from domain.money import ZERO, round_to_minor_unit
from domain.numbers import exactly, round_down
from domain.order import Order, OrderStatus, Overlay
from domain.position import ordering
from domain.position.booking import Events
from domain.position.events import DividendAccrued, DividendPaid, MergerApplied, NewListing, SplitApplied
from domain.position.places import place
from domain.position.settled import Accrual, Settled, for_today, is_after, multiplied_since
from domain.position.state import Position
from domain.settings import Settings

AT_THE_BROKER = frozenset({OrderStatus.SUBMITTING, OrderStatus.WORKING, OrderStatus.PARTIAL})


@exactly
def accrue(state: Position, dividend: DividendAnnounced, held: Decimal, settings: Settings) -> Events:
    """Owe the dividend for the shares ``held`` at the close before it, and lower the anchor by it.

    Without shares nothing is owed, but the price falls all the same. An anchor that a fill set at the ex-date's
    open or later has fallen already; one that would not stay above zero stays.
    """
    if _is_done(state, dividend):
        return []
    rate = settings.withholding if dividend.withholding_rate is None else dividend.withholding_rate
    gross = round_to_minor_unit(held * dividend.per_share, state.currency)
    tax = round_to_minor_unit(gross * rate, state.currency)
    return [
        DividendAccrued(
            **place(state),
            ex_date=dividend.ex_date,
            pay_date=dividend.pay_date,
            effective_at=dividend.effective_at,
            payable_at=dividend.payable_at,
            shares=held,
            per_share=dividend.per_share,
            gross=gross,
            tax=tax,
            net=gross - tax,
            old_anchor=state.anchor,
            new_anchor=_anchor_after(state, dividend),
        )
    ]


def pay(state: Position, accrual: Accrual) -> Events:
    """Pay what is owed of a dividend; what is not owed any more has been paid."""
    if accrual not in state.accruals:
        return []
    about = place(state) | {"listing_id": accrual.listing_id, "symbol": accrual.symbol}
    return [
        DividendPaid.model_validate(
            about | {"ex_date": accrual.ex_date, "pay_date": accrual.pay_date, "net": accrual.net}
        )
    ]


@exactly
def split(
    state: Position, announced: SplitAnnounced, held: Decimal, last_good: Decimal | None, settings: Settings
) -> Events:
    """Multiply the shares ``held`` when the split took effect; those bought since are new ones already.

    A fraction of the smallest tradable lot is paid out at ``last_good``, the price before, divided by the ratio.
    An order that has not left ends.
    """
    if _is_done(state, announced):
        return []
    since = multiplied_since(state.settled, announced.effective_at)
    shares = max(ZERO, state.shares + held * (announced.ratio - 1) * since)
    anchor = _anchor_after(state, announced)
    price = anchor if last_good is None else last_good / announced.ratio / since
    kept = round_down(shares, _lot(state.lot, settings))
    applied = SplitApplied(
        **place(state),
        ex_date=announced.ex_date,
        effective_at=announced.effective_at,
        ratio=announced.ratio,
        old_shares=state.shares,
        new_shares=kept,
        fraction=shares - kept,
        cash=round_to_minor_unit((shares - kept) * price * state.unit_scale, state.currency),
        book_cost=_released(state, ONE if not shares else (shares - kept) / shares),
        old_anchor=state.anchor,
        new_anchor=anchor,
    )
    return [*_without_unsent_order(state, f"{state.symbol} was split"), applied]


@exactly
def merge(
    state: Position, announced: MergerAnnounced, into: Listing, last_good: Decimal | None, settings: Settings
) -> Events:
    """Go on with the other listing: its shares, cash for each old share, and cash for the fraction of a lot.

    The book cost parts between shares and cash as their worth does. An order that has not left ends.
    """
    if _is_done(state, announced):
        return []
    anchor = _anchor_after(state, announced)
    price = anchor if last_good is None else announced.adjustment.of(last_good)
    shares = state.shares * announced.ratio
    kept = round_down(shares, _lot(into.lot, settings))
    fraction = round_to_minor_unit((shares - kept) * price * into.unit_scale, state.currency)
    cash = round_to_minor_unit(state.shares * announced.cash_per_share, state.currency) + fraction
    worth = cash + kept * price * into.unit_scale
    applied = MergerApplied(
        **place(state),
        into=NewListing(
            listing_id=into.id,
            symbol=into.symbol,
            exchange=into.exchange,
            quote_unit=into.quote_unit,
            lot=into.lot,
        ),
        effective=announced.effective,
        effective_at=announced.effective_at,
        ratio=announced.ratio,
        old_shares=state.shares,
        new_shares=kept,
        fraction=shares - kept,
        cash=cash,
        old_book_cost=state.book_cost,
        book_cost=_released(state, cash / worth if kept and worth else ONE),
        old_anchor=state.anchor,
        new_anchor=anchor,
        anchor_less=announced.adjustment.less,
        anchor_divided_by=announced.adjustment.divided_by,
    )
    return [*_without_unsent_order(state, f"{state.symbol} merged into {into.symbol}"), applied]


def overtaken_order(state: Position) -> Order | None:
    """The order that a split or merger has overtaken while it was, or may have been, at the broker.

    It was decided before and counts in old shares, so its broker is asked to cancel it. One whose fate is unknown
    is looked up first, which goes on anyway. What a person has placed, a person cancels.
    """
    order = state.open_order
    if (
        order is None
        or order.by_hand
        or order.status not in AT_THE_BROKER
        or order.overlay is Overlay.PENDING_CANCEL
    ):
        return None
    moments = [each.effective_at for each in state.settled if each.kind != "dividend"]
    return order if any(order.decided_at < moment for moment in moments) else None


def _is_done(state: Position, action: Announced) -> bool:
    return state.status == "closed" or state.has_settled(action.kind, action.listing_id, action.day)


def _anchor_after(state: Position, action: Announced) -> Decimal:
    if is_after(state.anchored_at, action.effective_at):
        return state.anchor
    settling = Settled(
        kind=action.kind,
        listing_id=action.listing_id,
        day=action.day,
        effective_at=action.effective_at,
        quote_unit=state.quote_unit,
        adjustment=action.adjustment,
    )
    return for_today(state.settled, settling).of(state.anchor)


def _without_unsent_order(state: Position, reason: str) -> Events:
    order = state.open_order
    if order is None or order.status is not OrderStatus.INTENDED:
        return []
    return ordering.end(state, order, OrderStatus.CANCELED, reason)


def _lot(lot: Decimal, settings: Settings) -> Decimal:
    return lot if settings.fractional else max(lot, ONE)


def _released(state: Position, part: Decimal) -> Decimal:
    return round_to_minor_unit(state.book_cost * part, state.currency)
