"""An order that a person places: what they say of it moves shares, cash and anchor as a broker's word would.

Its end is theirs to tell, too. Nothing of it is ever sent from here (DOMAIN §8).
"""

from dataclasses import dataclass
from decimal import Decimal

from domain.money import ZERO
from domain.numbers import shortest
from domain.order import Execution, Fill, Order, OrderStatus
from domain.position import booking, ordering
from domain.position.events import PLACED_BY_HAND, AnyPositionEvent
from domain.position.evolve import evolve
from domain.position.order_state import OrderChanged, changed
from domain.position.state import Position
from domain.refusals import Conflict, NotYet

Events = list[AnyPositionEvent]


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of shares, and of cash."""

    shares: Decimal
    cash: Decimal


def take_up(state: Position, order: Order) -> Events:
    """Record that a person places the order; from here on no newer trigger takes its place."""
    return ordering.submit(state, order, PLACED_BY_HAND, str(state.portfolio_id))


def execute(state: Position, order: Order, fill: Fill) -> Events:
    """Book what a person says was executed. Raises Conflict for shares that are not there."""
    taken_up = take_up(state, order)
    state, order = _after(state, order, taken_up)
    try:
        return [*taken_up, *booking.book(state, order, fill)]
    except NotYet:
        held = f"only {shortest(state.shares)} are held"
        raise Conflict(f"{shortest(fill.quantity)} {state.symbol} cannot be sold: {held}.") from None


def give_up(state: Position, order: Order, reason: str) -> Events:
    """Nothing more of it will be placed; the anchor follows what was."""
    return ordering.end(state, order, OrderStatus.CANCELED, reason)


def take_back(state: Position, order: Order, reason: str, handed_on: Left) -> Events:
    """Undo everything that was booked of the order, and end it; the anchor goes back if no newer order has ended.

    Raises Conflict when shares or money that it brought are not there any more: in the position or, once that is
    closed, where it has handed them on.
    """
    before = state
    happened: Events = []
    for each in order.executions:
        if not each.quantity:
            continue
        try:
            events = booking.book(state, order, _undone(each))
        except NotYet:
            raise _too_few(state, each.quantity, state.symbol, state.shares) from None
        state, order = _after(state, order, events)
        happened += events
    _require_left(before, state, handed_on if before.status == "closed" else Left(before.shares, before.cash))
    return [*happened, *give_up(state, order, reason)]


def _require_left(before: Position, after: Position, left: Left) -> None:
    shares, cash = before.shares - after.shares, before.cash - after.cash
    if shares > left.shares:
        raise _too_few(before, shares, before.symbol, left.shares)
    if cash > max(ZERO, left.cash):
        raise _too_few(before, cash, before.currency, left.cash)


def _too_few(state: Position, wanted: Decimal, unit: str, left: Decimal) -> Conflict:
    holder = "portfolio of the closed position" if state.status == "closed" else "position"
    taken, there = shortest(wanted), shortest(max(ZERO, left))
    return Conflict(f"{taken} {unit} would be taken back, and the {holder} has only {there} left.")


def _undone(execution: Execution) -> Fill:
    return Fill(
        execution_id=execution.execution_id,
        revision=execution.revision + 1,
        quantity=ZERO,
        price=execution.price,
        commission=ZERO,
        at=execution.at,
    )


def _after(state: Position, order: Order, events: Events) -> tuple[Position, Order]:
    for event in events:
        state = evolve(state, event, state.id)
        if isinstance(event, OrderChanged) and event.order_id == order.id:
            order = changed(order, event)
    return state, order
