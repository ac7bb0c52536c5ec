"""Executions become shares, cash and cost: each once, its latest revision, in every state (DOMAIN §3)."""

from decimal import Decimal, localcontext

from domain.money import ZERO, notional, round_to_minor_unit
from domain.numbers import EXACT, exactly
from domain.order import Execution, Fill, Order, OrderStatus, OrderStep, Side, is_legal
from domain.position.events import (
    AnchorMoved,
    AnyPositionEvent,
    CashAllocated,
    CashReturned,
    ExecutionBooked,
    ExecutionCorrected,
    ExternalFillAdopted,
    OrderEnded,
    PositionClosed,
)
from domain.position.evolve import evolve
from domain.position.order_state import changed
from domain.position.places import order_place, place
from domain.position.settled import average_of_today, multiplied_since
from domain.position.state import HandedOver, Position
from domain.refusals import Conflict, Invalid, NotYet

Events = list[AnyPositionEvent]


def book(state: Position, order: Order, fill: Fill) -> Events:
    """Book one execution with the money it moves, and end the order when it is complete.

    A repeat is already so, and so is a revision older than the one that is booked. A newer one replaces it, and
    one of quantity zero takes it back. Whenever the order that ended last changes, the anchor follows. Raises
    Invalid for what cannot be a fill, Conflict for another content under a known revision, and NotYet for
    shares that leave before they came.
    """
    known = order.execution(fill.execution_id)
    if known is not None and fill.revision <= known.revision:
        _require_repeat(state, known, fill)
        return []
    if fill.quantity < 0 or fill.commission < 0 or (fill.quantity and fill.price <= 0):
        raise Invalid(
            "quantity", "A fill has a quantity and a price above zero and a commission not below it."
        )
    if known is None and fill.quantity:
        booked: ExecutionBooked | ExecutionCorrected = _booked(state, order, fill)
        step = OrderStep.EXECUTED
    elif fill.revision > 1:
        booked = _corrected(state, order, known or _nothing(fill), fill)
        step = OrderStep.CORRECTED
    else:
        raise Invalid("quantity", "A fill has a quantity above zero.")
    if not is_legal(order.status, step):
        raise Conflict(f"Order {order.id} has not been sent, so it cannot have been filled.")
    after = evolve(state, booked, state.id)
    _require_shares(state, after, fill)
    order = changed(order, booked)
    if order.is_open and order.filled >= order.quantity:
        return [booked, *_filled_up(after, order)]
    return [booked, *anchor_after(after, order)]


@exactly
def adopt(
    state: Position, broker: str, account: str, side: Side, fill: Fill, broker_order_id: str | None
) -> Events:
    """Book a trade that somebody made at the broker outside of Ballast. The caller knows that it is new."""
    worth = notional(fill.quantity, fill.price, state.unit_scale_at(fill.at), state.currency)
    multiplied = multiplied_since(state.settled, fill.at)
    shares = fill.quantity * multiplied
    adopted = ExternalFillAdopted(
        **place(state),
        broker=broker,
        account=account,
        broker_order_id=broker_order_id,
        side=side,
        execution_id=fill.execution_id,
        revision=fill.revision,
        executed_at=fill.at,
        quantity=fill.quantity,
        price=fill.price,
        notional=worth,
        commission=round_to_minor_unit(fill.commission, state.currency),
        book_cost=worth if side == "BUY" else _released_cost(state, shares),
        shares=None if multiplied == 1 else shares,
    )
    _require_shares(state, evolve(state, adopted, state.id), fill)
    return [adopted]


def settle_closed(state: Position) -> Events:
    """What a closed position still gets goes on to the portfolio: its cash is returned, its shares stay a holding.

    What a buy that came too late has cost is taken from the portfolio.
    """
    if state.status != "closed" or not (state.shares or state.cash or state.book_cost):
        return []
    moved: Events = []
    if state.cash > 0:
        moved = [CashReturned(**place(state), amount=state.cash)]
    elif state.cash < 0:
        moved = [CashAllocated(**place(state), amount=-state.cash)]
    return [*moved, PositionClosed(**place(state), shares=state.shares, book_cost=state.book_cost)]


def anchor_after(state: Position, order: Order) -> Events:
    """The anchor's move to the average price of the order that ended last, or back when nothing is left of it."""
    last = state.last_ended
    if last is None or last.order_id != order.id or state.status == "closed":
        return []
    average = average_of_today(order.executions, state.settled)
    anchor = last.goes_back_to if average is None else average
    if anchor == state.anchor:
        return []
    return [AnchorMoved(**place(state), order_id=order.id, old_anchor=state.anchor, new_anchor=anchor)]


def is_overfilled(order: Order) -> bool:
    """Whether more was filled than ordered, which is booked and freezes the portfolio (DOMAIN §3)."""
    return order.filled > order.quantity


def _require_repeat(state: Position, known: Execution, fill: Fill) -> None:
    if fill.revision < known.revision:
        return  # replaced already, and what it was is not kept
    commission = round_to_minor_unit(fill.commission, state.currency)
    if known.quantity == fill.quantity == ZERO:
        return
    if (known.quantity, known.price, known.commission) != (fill.quantity, fill.price, commission):
        kept = f"{known.quantity} at {known.price}"
        raise Conflict(f"Execution {fill.execution_id} is booked as {kept}, not as reported now.")


def _require_shares(before: Position, after: Position, fill: Fill) -> None:
    if _held(after).shares < 0:
        held = _held(before).shares
        raise NotYet(
            f"Execution {fill.execution_id} takes more {before.symbol} than the {held} that are held."
        )


@exactly
def _held(state: Position) -> HandedOver:
    """Shares and their cost, with those that a closed position has handed over."""
    return HandedOver(
        shares=state.shares + state.handed_over.shares,
        book_cost=state.book_cost + state.handed_over.book_cost,
    )


@exactly
def _booked(state: Position, order: Order, fill: Fill) -> ExecutionBooked:
    worth = notional(fill.quantity, fill.price, state.unit_scale_at(fill.at), state.currency)
    multiplied = multiplied_since(state.settled, fill.at)
    shares = fill.quantity * multiplied
    return ExecutionBooked(
        **order_place(state, order),
        execution_id=fill.execution_id,
        revision=fill.revision,
        executed_at=fill.at,
        quantity=fill.quantity,
        price=fill.price,
        notional=worth,
        commission=round_to_minor_unit(fill.commission, state.currency),
        book_cost=worth if order.side == "BUY" else _released_cost(state, shares),
        decided_price=order.decided_price,
        filled=order.filled + fill.quantity,
        ordered=order.quantity,
        broker=order.broker,
        account=order.account,
        shares=None if multiplied == 1 else shares,
    )


@exactly
def _corrected(state: Position, order: Order, known: Execution, fill: Fill) -> ExecutionCorrected:
    sign = 1 if order.side == "BUY" else -1
    scale = state.unit_scale_at(known.at)
    worth = notional(fill.quantity, fill.price, scale, state.currency) if fill.quantity else ZERO
    commission = round_to_minor_unit(fill.commission, state.currency)
    shares = sign * (fill.quantity - known.quantity) * multiplied_since(state.settled, known.at)
    return ExecutionCorrected(
        **order_place(state, order),
        broker=order.broker or "",
        account=order.account or "",
        execution_id=fill.execution_id,
        revision=fill.revision,
        executed_at=known.at,
        quantity=fill.quantity,
        price=fill.price if fill.quantity else known.price,
        notional=worth,
        commission=commission,
        previous_quantity=known.quantity,
        previous_price=known.price,
        previous_commission=known.commission,
        shares=shares,
        cash=-sign * (worth - known.notional) - (commission - known.commission),
        book_cost=_cost_change(state, order.side, known, fill, shares, worth),
        decided_price=order.decided_price,
        filled=order.filled + fill.quantity - known.quantity,
        ordered=order.quantity,
    )


def _nothing(fill: Fill) -> Execution:
    """What a revision replaces that came before the execution itself."""
    return Execution(
        execution_id=fill.execution_id,
        revision=0,
        quantity=ZERO,
        price=fill.price,
        commission=ZERO,
        notional=ZERO,
        at=fill.at,
    )


@exactly
def _cost_change(
    state: Position, side: Side, known: Execution, fill: Fill, shares: Decimal, worth: Decimal
) -> Decimal:
    """What a correction adds to the book cost. Cost that no share is left to bear becomes a gain or a loss."""
    if side == "BUY":
        wanted = worth - known.notional
    elif known.quantity:
        released = round_to_minor_unit(known.book_cost * fill.quantity / known.quantity, state.currency)
        wanted = known.book_cost - released
    else:
        wanted = -_released_cost(state, -shares)
    held = _held(state)
    after = ZERO if held.shares + shares == 0 else max(ZERO, held.book_cost + wanted)
    return after - held.book_cost


def _released_cost(state: Position, shares: Decimal) -> Decimal:
    """What a sale takes out of the book cost: its part at average cost, all of it with the last share."""
    held = _held(state)
    if not held.shares:
        return ZERO
    with localcontext(EXACT):
        return round_to_minor_unit(held.book_cost * shares / held.shares, state.currency)


def _filled_up(state: Position, order: Order) -> Events:
    ended = OrderEnded(
        **order_place(state, order),
        status=OrderStatus.FILLED,
        reason=None,
        quantity=order.quantity,
        filled=order.filled,
        average_price=order.average_price,
    )
    return [ended, *anchor_after(evolve(state, ended, state.id), order)]
