"""An order that a person places: what they say of it moves shares, cash and anchor as a broker's word would.

Its end is theirs to tell, too. Nothing of it is ever sent from here (DOMAIN §8).
"""

from domain.money import ZERO
from domain.numbers import shortest
from domain.order import Execution, Fill, Order, OrderStatus
from domain.position import booking, ordering
from domain.position.events import PLACED_BY_HAND, AnyPositionEvent
from domain.position.order_state import OrderChanged, changed
from domain.position.state import Position, evolve
from domain.refusals import Conflict, NotYet

Events = list[AnyPositionEvent]


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


def take_back(state: Position, order: Order, reason: str) -> Events:
    """Undo everything that was booked of the order, and end it; the anchor goes back if no newer order has ended.

    Raises Conflict when shares that it brought are not there any more.
    """
    happened: Events = []
    for each in order.executions:
        if not each.quantity:
            continue
        try:
            events = booking.book(state, order, _undone(each))
        except NotYet:
            left = f"only {shortest(state.shares)} are left to take back"
            raise Conflict(f"Of the {shortest(each.quantity)} {state.symbol} {left}.") from None
        state, order = _after(state, order, events)
        happened += events
    return [*happened, *give_up(state, order, reason)]


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
