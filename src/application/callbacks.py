"""Take in what a broker calls back with: once per webhook id, and only with its effect (DOMAIN §3)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import structlog

from application.ledger import Ledger
from application.orders import Orders, position_of
from application.ports import BrokerReport
from domain.position.state import Position
from domain.refusals import NotFound
from domain.streams import POSITION

log = structlog.get_logger()


class Taken(StrEnum):
    """What became of a callback. ``STORED``: kept for a person to look at, nothing was booked."""

    BOOKED = "booked"
    DUPLICATE = "duplicate"
    STORED = "stored"


class Callbacks(Protocol):
    """The callbacks that were taken, by their webhook ids."""

    def has(self, webhook_id: str) -> bool: ...

    def keep(self, webhook_id: str, body: str, problem: str | None) -> None: ...


@dataclass(frozen=True, slots=True)
class Callback:
    """One delivery. ``report`` is None for what cannot be booked yet, such as a correction."""

    webhook_id: str
    body: str
    broker: str
    client_order_id: str
    event: str
    report: BrokerReport | None


@dataclass(frozen=True, slots=True)
class TakeCallback:
    """The use case with what it needs from outside."""

    ledger: Ledger
    orders: Orders
    callbacks: Callbacks

    def __call__(self, callback: Callback) -> tuple[Taken, int | None]:
        """Book a callback and answer what became of it, with the log's number when something was appended.

        Its id is kept after its effect: when this fails in between, the delivery is repeated and booking it
        again changes nothing. Raises Conflict for what contradicts the books.
        """
        if self.callbacks.has(callback.webhook_id):
            return Taken.DUPLICATE, None
        position = self._position(callback.client_order_id)
        problem = _problem(callback, position)
        if problem is not None or position is None or callback.report is None:
            log.warning("callback.stored", webhook_id=callback.webhook_id, problem=problem)
            self.callbacks.keep(callback.webhook_id, callback.body, problem)
            return Taken.STORED, None
        outcome = self.orders.report(position.id, [callback.report])
        self.callbacks.keep(callback.webhook_id, callback.body, None)
        return Taken.BOOKED, outcome.number

    def _position(self, client_order_id: str) -> Position | None:
        try:
            return self.ledger.load(POSITION, position_of(client_order_id)).state
        except NotFound:
            return None


def _problem(callback: Callback, position: Position | None) -> str | None:
    order = position.order if position is not None else None
    if position is None or order is None:
        return f"There is no order {callback.client_order_id}."
    if order.client_order_id != callback.client_order_id:
        return f"Order {callback.client_order_id} is not the latest order of {position.symbol}."
    if order.broker not in (None, callback.broker):
        return f"Order {callback.client_order_id} went to {order.broker}, not to {callback.broker}."
    if callback.report is None:
        return f"A {callback.event} cannot be booked yet."
    return None
