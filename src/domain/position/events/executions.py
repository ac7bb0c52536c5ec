"""What brokers say they traded, with the money it moved, and the anchor that follows from it."""

from decimal import Decimal
from typing import Annotated, ClassVar
from uuid import UUID

from domain.events import ADDED_LATER, Instant
from domain.numbers import Exact, shortest
from domain.order import Side
from domain.position.events.orders import OrderEvent
from domain.position.events.position import PositionEvent

BOUGHT_OR_SOLD = {"BUY": "Bought", "SELL": "Sold"}


class ExecutionBooked(OrderEvent):
    """A fill, with the money it moved. ``book_cost`` is what a buy adds and a sale releases.

    ``shares`` is what it moved when a split has multiplied its quantity since, else null.
    """

    name: ClassVar[str] = "position.execution_booked.1"

    execution_id: str
    revision: int
    executed_at: Instant
    quantity: Exact
    price: Exact
    notional: Exact
    commission: Exact
    book_cost: Exact
    decided_price: Exact
    filled: Exact
    ordered: Exact
    broker: Annotated[str | None, ADDED_LATER] = None
    account: Annotated[str | None, ADDED_LATER] = None
    shares: Annotated[Exact | None, ADDED_LATER] = None

    def sentence(self) -> str:
        distance = (self.price - self.decided_price) / self.decided_price * 100
        against = "as decided" if not distance else f"{_signed(distance)} % against the decision"
        done = f" ({shortest(self.filled)} of {shortest(self.ordered)} filled)"
        part = "" if self.filled == self.ordered else done
        traded = f"{BOUGHT_OR_SOLD[self.side]} {shortest(self.quantity)} {self.symbol} at {self.price}"
        return f"{traded}, {against}{part}; {self.notional} {self.currency}, commission {self.commission}."


class ExecutionCorrected(OrderEvent):
    """The broker replaced an execution; one of quantity zero was taken back (a bust).

    ``shares``, ``cash`` and ``book_cost`` are what the correction added to the position, below zero when it
    took away. ``filled`` is what the order has come to.
    """

    name: ClassVar[str] = "position.execution_corrected.1"

    broker: str
    account: str
    execution_id: str
    revision: int
    executed_at: Instant
    quantity: Exact
    price: Exact
    notional: Exact
    commission: Exact
    previous_quantity: Exact
    previous_price: Exact
    previous_commission: Exact
    shares: Exact
    cash: Exact
    book_cost: Exact
    decided_price: Exact
    filled: Exact
    ordered: Exact

    def sentence(self) -> str:
        was = f"{shortest(self.previous_quantity)} {self.symbol} at {self.previous_price}"
        if not self.quantity:
            return f"The broker took back an execution: {was}."
        now = f"{shortest(self.quantity)} at {self.price}"
        return f"The broker corrected an execution: {was} became {now}."


class ExternalFillAdopted(PositionEvent):
    """A trade that somebody made at the broker, outside of Ballast. It moves shares and cash, not the anchor.

    ``shares`` is what it moved when a split has multiplied its quantity since, else null.
    """

    name: ClassVar[str] = "position.external_fill_adopted.1"

    broker: str
    account: str
    broker_order_id: str | None
    side: Side
    execution_id: str
    revision: int
    executed_at: Instant
    quantity: Exact
    price: Exact
    notional: Exact
    commission: Exact
    book_cost: Exact
    shares: Annotated[Exact | None, ADDED_LATER] = None

    def sentence(self) -> str:
        traded = (
            f"{BOUGHT_OR_SOLD[self.side].lower()} {shortest(self.quantity)} {self.symbol} at {self.price}"
        )
        return f"Adopted a trade made at the broker: {traded}."


class AnchorMoved(PositionEvent):
    """The anchor follows the volume-weighted fill price of an order that ended, or goes back when it was undone."""

    name: ClassVar[str] = "position.anchor_moved.1"

    order_id: UUID
    old_anchor: Exact
    new_anchor: Exact

    def sentence(self) -> str:
        return f"Moved the anchor of {self.symbol} from {self.old_anchor} to {self.new_anchor}."


def _signed(percent: Decimal) -> str:
    return f"{percent:+.2f}"
