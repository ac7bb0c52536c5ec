"""What was decided, and how the order that follows from it fares. Prices are in the quote unit."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from domain.balancing import Decision, DecisionInputs
from domain.events import ADDED_LATER, Instant
from domain.numbers import Exact, shortest
from domain.order import End, OrderType, Overlay, Side, TimeInForce
from domain.position.events.position import PositionEvent

BUYING_OR_SELLING = {"BUY": "buying", "SELL": "selling"}


class Decided(PositionEvent):
    """A decision that is kept: all its inputs, the rule's version, the outcome and why (DOMAIN §2)."""

    decided_at: Instant
    rule: str
    inputs: DecisionInputs
    outputs: Decision
    message: str

    def sentence(self) -> str:
        return self.message


PLACED_BY_HAND = "hand"
"""What stands for the broker of an order that a person places."""


class OrderIntended(Decided):
    """The rule wants to trade. The client order id is durable from here on, before any call to a broker.

    With ``by_hand`` nothing is sent: it is recommended to a person, who may place it.
    """

    name: ClassVar[str] = "position.order_intended.1"

    order_id: UUID
    client_order_id: str
    side: Side
    type: OrderType
    quantity: Exact
    by_hand: Annotated[bool | None, ADDED_LATER] = None


class Skipped(Decided):
    """The rule wanted to trade and must not; ``outputs.reason`` says why."""

    name: ClassVar[str] = "position.skipped.1"


class OrderReevaluated(Decided):
    """The price moved on before the order left, so it was decided anew (DOMAIN §3, drift).

    On a trade the order goes on under the new client order id; on anything else it ends unsent. ``attempt``
    counts from 1.
    """

    name: ClassVar[str] = "position.order_reevaluated.1"

    order_id: UUID
    client_order_id: str
    previous_client_order_id: str
    side: Side
    quantity: Exact
    attempt: int
    drift_bps: Exact

    def sentence(self) -> str:
        return f"The price moved {shortest(self.drift_bps)} bps before the order left. {self.message}"


class OrderEvent(PositionEvent):
    """An event of one order of a position."""

    order_id: UUID
    client_order_id: str
    side: Side


class OrderSubmitted(OrderEvent):
    """The order is about to be sent, or a person places it: from here it may exist at the broker."""

    name: ClassVar[str] = "position.order_submitted.1"

    broker: str
    account: str
    quantity: Exact
    trading_day: date
    limit_price: Annotated[Exact | None, ADDED_LATER] = None
    time_in_force: Annotated[TimeInForce | None, ADDED_LATER] = None

    def sentence(self) -> str:
        limit = f" at {self.limit_price} or better" if self.limit_price is not None else ""
        order = f"{self.side} {shortest(self.quantity)} {self.symbol}{limit}"
        if self.broker == PLACED_BY_HAND:
            return f"A person places the order: {order}."
        return f"Sending the order to {self.broker}: {order}."


class OrderAccepted(OrderEvent):
    name: ClassVar[str] = "position.order_accepted.1"

    broker_order_id: str
    quantity: Exact

    def sentence(self) -> str:
        return f"The broker accepted {BUYING_OR_SELLING[self.side]} {shortest(self.quantity)} {self.symbol}."


class OrderMarked(OrderEvent):
    """The broker said something of the order that leaves it where it stands, such as a pending cancel."""

    name: ClassVar[str] = "position.order_marked.1"

    overlay: Overlay
    quantity: Exact

    def sentence(self) -> str:
        order = f"{BUYING_OR_SELLING[self.side]} {shortest(self.quantity)} {self.symbol}"
        return f"The broker marked {order} as {self.overlay.value}."


class OrderUnknown(OrderEvent):
    """What became of the order is not known: nothing is sent for this position until a look-up settles it.

    ``probe`` counts the look-ups that were in vain, ``raw`` is what the broker said, word for word, when it was
    that which nobody here understands.
    """

    name: ClassVar[str] = "position.order_unknown.1"

    reason: str
    probe: int
    raw: str | None
    quantity: Exact

    def sentence(self) -> str:
        order = f"the order to {self.side.lower()} {shortest(self.quantity)} {self.symbol}"
        asked = f" (asked {self.probe} times)" if self.probe > 1 else ""
        return f"It is not known what became of {order}: {self.reason}{asked}."


class OrderEnded(OrderEvent):
    """The order reached one of its ends; ``filled`` and ``average_price`` are what it achieved."""

    name: ClassVar[str] = "position.order_ended.1"

    status: End
    reason: str | None
    quantity: Exact
    filled: Exact
    average_price: Exact | None

    def sentence(self) -> str:
        why = f" ({self.reason})" if self.reason else ""
        order = f"The order to {self.side.lower()} {shortest(self.quantity)} {self.symbol}"
        return f"{order} ended {self.status.value}{why}: {shortest(self.filled)} filled."
