"""What the broker keeps: orders, executions with all they were taken for, and what is set aside for a symbol."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal

from application.ports.broker import BrokerEvent, Ticket
from domain.order import Side

ZERO = Decimal(0)
CENT = Decimal("0.01")

ENDS: tuple[BrokerEvent, ...] = ("canceled", "expired", "rejected")


@dataclass(frozen=True)
class Revision:
    """An execution as the broker had it from some moment on. ``commission`` is in whole cents."""

    quantity: Decimal
    price: Decimal
    commission: Decimal
    at: datetime


@dataclass
class Execution:
    """A trade, and everything it was taken for; the last revision is the truth."""

    id: str
    symbol: str
    side: Side
    at: datetime
    client_order_id: str | None
    broker_order_id: str
    revisions: list[Revision]

    @property
    def latest(self) -> Revision:
        """What it is taken for by now."""
        return self.revisions[-1]


@dataclass
class Order:
    """An order in the book. ``status`` is "open", or how it ended."""

    ticket: Ticket
    broker_order_id: str
    came_at: datetime
    status: str = "open"
    reason: str | None = None
    overlay: BrokerEvent | None = None
    executions: list[Execution] = field(default_factory=list)

    @property
    def filled(self) -> Decimal:
        """How much of it stands executed."""
        return sum((each.latest.quantity for each in self.executions), ZERO)

    @property
    def left(self) -> Decimal:
        """How much may still be executed."""
        return max(ZERO, self.ticket.quantity - self.filled)


@dataclass
class Purse:
    """What the account's owner has set aside for one symbol: shares, and the cash to trade them with.

    ``is_own`` says that nothing is set aside: what is advised is traded with the account's free cash.
    """

    symbol: str
    scale: Decimal
    lot: Decimal
    shares: Decimal
    cash: Decimal
    price: Decimal
    is_own: bool = False

    def worth(self, quantity: Decimal, price: Decimal) -> Decimal:
        """A quantity in money, in whole cents."""
        return (quantity * price * self.scale).quantize(CENT, ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Said:
    """One thing that the broker says of an order."""

    order: Order
    event: BrokerEvent
    at: datetime
    execution: Execution | None = None
    revision: int = 1
    reason: str | None = None
    raw: str | None = None
