"""Find an order by the ids it is known under, whether it is its position's latest or an older one."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from application.ledger import Cause, Ledger, Stream, Transaction
from application.ports import EventLog, Origin
from domain.order import Order
from domain.position.events import AnyPositionEvent, OrderIntended, OrderReevaluated
from domain.position.order_state import ORDER_EVENTS, OrderChanged, changed, recalled
from domain.position.state import Position
from domain.refusals import NotFound
from domain.streams import POSITION

NAMES = [event.name for event in ORDER_EVENTS]
KEYED = (OrderIntended, OrderReevaluated)


@dataclass(frozen=True, slots=True)
class Located:
    """An order in its position, as a transaction sees them."""

    stream: Stream[Position]
    position: Position
    order: Order


def position_of(client_order_id: str) -> UUID:
    """The position whose order this is. Raises NotFound for an id that is none of ours."""
    try:
        return UUID(client_order_id.partition("|")[0])
    except ValueError:
        raise NotFound("order", client_order_id) from None


def reading(ledger: Ledger) -> Transaction:
    """A transaction that looks and appends nothing."""
    return Transaction(ledger, Cause(actor="", correlation_id=ledger.new_id()))


def locate(transaction: Transaction, client_order_id: str) -> Located:
    """The order under a client order id. Raises NotFound when no position has decided it.

    An order that is not its position's latest any more is folded from the log, or on from where it is remembered,
    which is exact for as long as the position's version is guarded.
    """
    try:
        stream, position = transaction.require(POSITION, position_of(client_order_id))
    except NotFound:
        raise NotFound("order", client_order_id) from None
    order = position.order
    if order is None or order.client_order_id != client_order_id:
        order = _older(transaction, stream, position, client_order_id)
    if order is None:
        raise NotFound("order", client_order_id)
    return Located(stream, position, order)


def locate_again(transaction: Transaction, located: Located, appended: Sequence[AnyPositionEvent]) -> Located:
    """The order after events that were just appended to its position."""
    stream, position = transaction.require(POSITION, located.position.id)
    if position.order is not None and position.order.id == located.order.id:
        return Located(stream, position, position.order)
    order = located.order
    for event in appended:
        if isinstance(event, OrderChanged) and event.order_id == order.id:
            order = changed(order, event)
    return Located(stream, position, order)


def origin_of(log: EventLog, client_order_id: str) -> Origin | None:
    """The decision that an order follows from; most often it is the position's latest."""
    position_id = position_of(client_order_id)
    newest = log.newest(position_id, OrderIntended.name)
    if newest is None:
        return None
    event = newest.event
    if isinstance(event, OrderIntended) and event.client_order_id != client_order_id:
        intended = log.events_of(position_id, [OrderIntended.name], client_order_id)
        newest = next((each for each in intended if _is_of(each.event, client_order_id)), newest)
    return Origin(newest.metadata.correlation_id, newest.metadata.id)


def origins_of(log: EventLog, client_order_ids: Iterable[str]) -> dict[str, Origin]:
    """The decisions that orders follow from, as far as there are any; with one question for all latest orders."""
    positions = {}
    for client_order_id in client_order_ids:
        with suppress(NotFound):
            positions[client_order_id] = position_of(client_order_id)
    newest = {each.stream_id: each for each in log.newest_of(list(positions.values()), OrderIntended.name)}
    origins = {}
    for client_order_id, position_id in positions.items():
        recorded = newest.get(position_id)
        if recorded is not None and _is_of(recorded.event, client_order_id):
            origins[client_order_id] = Origin(recorded.metadata.correlation_id, recorded.metadata.id)
        elif recorded is not None:
            earlier = origin_of(log, client_order_id)
            origins |= {client_order_id: earlier} if earlier else {}
    return origins


def _named(transaction: Transaction, stream: Stream[Position], client_order_id: str) -> UUID | None:
    """The order that was decided, or decided anew, under a client order id."""
    keyed = transaction.events_of(stream, [event.name for event in KEYED], client_order_id)
    for event in (recorded.event for recorded in keyed):
        if isinstance(event, KEYED) and event.client_order_id == client_order_id:
            return event.order_id
    return None


def _older(
    transaction: Transaction, stream: Stream[Position], position: Position, client_order_id: str
) -> Order | None:
    """An order that its position's latest has followed, or the latest under an id that it does not go by any more."""
    version, known = transaction.older_orders.get(client_order_id) or (0, None)
    order_id = known.id if known else _named(transaction, stream, client_order_id)
    if order_id is None:
        return None
    if position.order is not None and position.order.id == order_id:
        return position.order
    read = transaction.version_read(stream)
    happened = transaction.events_of(stream, NAMES, str(order_id), after=version)
    stored = [each.event for each in happened if each.version <= read]
    order = recalled(stored, order_id, known)
    if order is not None:
        transaction.older_orders.put(client_order_id, read, order)
    return recalled((each.event for each in happened[len(stored) :]), order_id, order)


def _is_of(event: object, client_order_id: str) -> bool:
    return isinstance(event, OrderIntended) and event.client_order_id == client_order_id
