"""The same key again returns the first order: how a decision finds that it was taken before (DOMAIN §3)."""

from datetime import datetime

from application.ledger import Ledger, Stream
from domain.events import rfc3339
from domain.order import Side, client_order_id
from domain.position.events import OrderIntended, OrderReevaluated
from domain.position.state import Position


def order_decided_at(
    ledger: Ledger, stream: Stream[Position], side: Side | None, decided_at: datetime
) -> OrderIntended | OrderReevaluated | None:
    """The order decided at this time before, on this side or, when there is none to take now, on any.

    It may have been decided then for the first time or anew. Events are read only when time may have been lived
    twice.
    """
    latest = stream.state.order if stream.state else None
    if latest is None or decided_at > latest.decided_at:
        return None
    sides: tuple[Side, ...] = (side,) if side else ("BUY", "SELL")
    keys = {client_order_id(stream.id, decided_at, each) for each in sides}
    names = [OrderIntended.name, OrderReevaluated.name]
    for recorded in ledger.log.events_of(stream.id, names, rfc3339(decided_at)):
        event = recorded.event
        if isinstance(event, OrderIntended | OrderReevaluated) and event.client_order_id in keys:
            return event
    return None
