"""A position's commands: each answers the events that follow, none when it is already so."""

from decimal import Decimal, localcontext
from typing import TypedDict
from uuid import UUID

from domain.listing import Listing
from domain.money import notional, round_to_minor_unit
from domain.numbers import EXACT, exactly, is_multiple
from domain.order import End, Execution, Fill, Order, OrderStatus, OrderStep, Side, is_legal
from domain.portfolio.decide import bookable
from domain.portfolio.state import Portfolio
from domain.position.events import (
    AnchorMoved,
    AnyPositionEvent,
    CashAllocated,
    CashReturned,
    ExecutionBooked,
    OrderAccepted,
    OrderEnded,
    OrderSubmitted,
    PositionClosed,
    PositionOpened,
    PositionPaused,
    PositionResumed,
    PositionSettingsChanged,
)
from domain.position.state import Position, evolve
from domain.refusals import Conflict, Invalid
from domain.settings import SettingsChange, resolve

Events = list[AnyPositionEvent]


class _Place(TypedDict):
    portfolio_id: UUID
    listing_id: UUID
    symbol: str
    currency: str


class _OrderPlace(_Place):
    order_id: UUID
    client_order_id: str
    side: Side


def open_position(
    portfolio: Portfolio, listing: Listing, shares: Decimal, anchor: Decimal, settings: SettingsChange
) -> Events:
    """Begin a position; its shares are a transfer in kind at the anchor. Cash is allocated separately.

    Raises Invalid when the listing's currency is not the portfolio's, or a number makes no sense, and
    Conflict for an advisory portfolio, which cannot hold rule-traded positions yet.
    """
    if listing.currency != portfolio.currency:
        raise Invalid(
            "listing_id",
            f"{listing.symbol} trades in {listing.currency}, the portfolio is in {portfolio.currency}.",
        )
    if portfolio.mode == "advisory":
        raise Conflict("An advisory portfolio cannot hold rule-traded positions yet.")
    if anchor <= 0:
        raise Invalid("anchor", "The anchor must be above zero.")
    if shares < 0 or not is_multiple(shares, listing.lot):
        raise Invalid("shares", f"The shares must be a multiple of the lot {listing.lot}, not below zero.")
    resolve(portfolio.settings, settings)
    return [
        PositionOpened(
            portfolio_id=portfolio.id,
            listing_id=listing.id,
            symbol=listing.symbol,
            currency=listing.currency,
            exchange=listing.exchange,
            quote_unit=listing.quote_unit,
            lot=listing.lot,
            shares=shares,
            anchor=anchor,
            book_cost=notional(shares, anchor, listing.unit_scale, listing.currency),
            settings=settings,
        )
    ]


def change_settings(state: Position, portfolio: Portfolio, change: SettingsChange) -> Events:
    """Override settings for this position; what ``change`` leaves out stays as it is."""
    settings = state.settings.merged(change)
    resolve(portfolio.settings, settings)
    if settings == state.settings:
        return []
    return [PositionSettingsChanged(**_place(state), settings=settings)]


def allocate_cash(state: Position, amount: Decimal) -> Events:
    """Take free cash into the position's bucket."""
    _require_not_closed(state)
    return [CashAllocated(**_place(state), amount=bookable(amount, state.currency, "cash"))]


def return_cash(state: Position, amount: Decimal) -> Events:
    """Give cash back to the portfolio. Raises Conflict when the bucket holds less."""
    amount = bookable(amount, state.currency, "cash")
    if amount > state.cash:
        raise Conflict(f"{amount} {state.currency} is more than the {state.cash} that {state.symbol} holds.")
    return [CashReturned(**_place(state), amount=amount)]


def pause(state: Position) -> Events:
    """Stop deciding for this position; orders already out go on."""
    _require_not_closed(state)
    return [] if state.status == "paused" else [PositionPaused(**_place(state))]


def resume(state: Position) -> Events:
    """Decide for this position again."""
    _require_not_closed(state)
    return [] if state.status == "active" else [PositionResumed(**_place(state))]


def close(state: Position) -> Events:
    """End the position: its cash goes back, its shares stay as a holding.

    Raises Conflict while an order is open, and while fills have overdrawn its cash.
    """
    if state.status == "closed":
        return []
    if state.open_order is not None:
        raise Conflict(f"{state.symbol} has an open order; cancel it first.")
    if state.cash < 0:
        raise Conflict(f"{state.symbol} is overdrawn by {-state.cash} {state.currency}; give it cash first.")
    returned: Events = [CashReturned(**_place(state), amount=state.cash)] if state.cash else []
    return [*returned, PositionClosed(**_place(state), shares=state.shares, book_cost=state.book_cost)]


def submit(state: Position, order_id: UUID, broker: str, account: str) -> Events:
    """Record that the order is about to leave, before it leaves. Already sent, or ended, is already so."""
    order = state.order
    if order is None or order.id != order_id or order.status is not OrderStatus.INTENDED:
        return []
    return [
        OrderSubmitted(
            **_order_place(state, order),
            broker=broker,
            account=account,
            quantity=order.quantity,
            trading_day=order.trading_day,
        )
    ]


def accept(state: Position, order_id: UUID, broker_order_id: str) -> Events:
    """Record the broker's acknowledgement; one that comes after a fill changes nothing but is not wrong."""
    order = _order(state, order_id)
    if order.broker_order_id == broker_order_id or not is_legal(order.status, OrderStep.ACCEPTED):
        return []
    return [
        OrderAccepted(**_order_place(state, order), broker_order_id=broker_order_id, quantity=order.quantity)
    ]


def book(state: Position, order_id: UUID, fill: Fill) -> Events:
    """Book one execution with the money it moves, and end the order when it is complete (DOMAIN §3).

    A repeat is already so. After the order has ended, the anchor follows its new average. Raises Invalid for
    a quantity or price that cannot be a fill, Conflict for another content under a known execution and for
    a sale of shares that are not held.
    """
    order = _order(state, order_id)
    known = order.execution(fill.execution_id)
    if known is not None:
        _require_repeat(state, known, fill)
        return []
    if fill.quantity <= 0 or fill.price <= 0 or fill.commission < 0:
        raise Invalid(
            "quantity", "A fill has a quantity and a price above zero and a commission not below it."
        )
    if not is_legal(order.status, OrderStep.EXECUTED):
        raise Conflict(f"Order {order.id} has not been sent, so it cannot have been filled.")
    if order.side == "SELL" and fill.quantity > state.shares:
        raise Conflict(f"A sale of {fill.quantity} {state.symbol} is more than the {state.shares} held.")
    booked = _booked(state, order, fill)
    after = evolve(state, booked, state.id)
    if not order.is_open:
        return [booked, *_anchor_after(after)]
    filled_up = after.order is not None and after.order.filled >= order.quantity
    return [booked, *(_ended(after, OrderStatus.FILLED, None) if filled_up else [])]


def overfilled(state: Position) -> bool:
    """Whether more was filled than ordered, which is booked and freezes the portfolio (DOMAIN §3)."""
    return state.order is not None and state.order.filled > state.order.quantity


def end(state: Position, order_id: UUID, status: End, reason: str | None) -> Events:
    """End the order as the broker says; an order that has ended stays ended."""
    order = _order(state, order_id)
    if not order.is_open:
        return []
    if not is_legal(order.status, OrderStep[status.name]):
        raise Conflict(f"An order that is {order.status.value} cannot become {status.value}.")
    return _ended(state, status, reason)


def _require_repeat(state: Position, known: Execution, fill: Fill) -> None:
    """A later revision would replace what is booked. That is not possible yet; it must not be added."""
    if fill.revision < known.revision:
        return
    commission = round_to_minor_unit(fill.commission, state.currency)
    booked = (known.revision, known.quantity, known.price, known.commission)
    if booked != (fill.revision, fill.quantity, fill.price, commission):
        kept = f"{known.quantity} at {known.price}"
        raise Conflict(f"Execution {fill.execution_id} is booked as {kept}, not as reported now.")


@exactly
def _booked(state: Position, order: Order, fill: Fill) -> ExecutionBooked:
    worth = notional(fill.quantity, fill.price, state.unit_scale, state.currency)
    return ExecutionBooked(
        **_order_place(state, order),
        execution_id=fill.execution_id,
        revision=fill.revision,
        executed_at=fill.at,
        quantity=fill.quantity,
        price=fill.price,
        notional=worth,
        commission=round_to_minor_unit(fill.commission, state.currency),
        book_cost=worth if order.side == "BUY" else _released_cost(state, fill.quantity),
        decided_price=order.decided_price,
        filled=order.filled + fill.quantity,
        ordered=order.quantity,
    )


def _released_cost(state: Position, quantity: Decimal) -> Decimal:
    """What a sale takes out of the book cost: its part at average cost, all of it with the last share."""
    with localcontext(EXACT):
        return round_to_minor_unit(state.book_cost * quantity / state.shares, state.currency)


def _ended(state: Position, status: End, reason: str | None) -> Events:
    order = state.order
    if order is None:
        return []
    ended = OrderEnded(
        **_order_place(state, order),
        status=status,
        reason=reason,
        quantity=order.quantity,
        filled=order.filled,
        average_price=order.average_price,
    )
    return [ended, *_anchor_after(state)]


def _anchor_after(state: Position) -> Events:
    """The anchor's move to the volume-weighted fill price of the latest order, which has ended."""
    order = state.order
    average = order.average_price if order is not None else None
    if order is None or average is None or average == state.anchor:
        return []
    return [AnchorMoved(**_place(state), order_id=order.id, old_anchor=state.anchor, new_anchor=average)]


def _order(state: Position, order_id: UUID) -> Order:
    if state.order is None or state.order.id != order_id:
        raise Conflict(f"Order {order_id} is not the latest order of {state.symbol}.")
    return state.order


def _require_not_closed(state: Position) -> None:
    if state.status == "closed":
        raise Conflict(f"{state.symbol} is closed.")


def _place(state: Position) -> _Place:
    return {
        "portfolio_id": state.portfolio_id,
        "listing_id": state.listing_id,
        "symbol": state.symbol,
        "currency": state.currency,
    }


def _order_place(state: Position, order: Order) -> _OrderPlace:
    return {
        **_place(state),
        "order_id": order.id,
        "client_order_id": order.client_order_id,
        "side": order.side,
    }
