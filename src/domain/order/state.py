"""What is known of one order: the intention, where it stands, and its executions."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Self
from uuid import UUID

from domain.events import Instant, Value, rfc3339
from domain.money import ZERO
from domain.numbers import Exact, exactly
from domain.order.executions import Execution, average_price
from domain.order.machine import ENDED, OVERLAYS, TRANSITIONS, OrderStatus, OrderStep, Overlay

Side = Literal["BUY", "SELL"]
OrderType = Literal["market", "limit"]
TimeInForce = Literal["day", "gtc", "ioc"]


def opposite(side: Side) -> Side:
    """The other side."""
    return "SELL" if side == "BUY" else "BUY"


def client_order_id(position_id: UUID, decided_at: datetime, side: Side) -> str:
    """The idempotency key of an order: fixed by what was decided, stored before any call to a broker."""
    return f"{position_id}|{rfc3339(decided_at)}|{side}"


class Order(Value):
    """An order. ``decided_price`` and ``limit_price`` are in the quote unit.

    ``reevaluations`` counts how often it was decided anew before it left, ``probes`` how often the broker was
    asked in vain what became of it. One ``by_hand`` is placed by a person and never leaves from here.
    """

    id: UUID
    client_order_id: str
    side: Side
    type: OrderType
    quantity: Exact
    decided_price: Exact
    decided_at: Instant
    trading_day: date
    status: OrderStatus
    overlay: Overlay | None = None
    limit_price: Exact | None = None
    time_in_force: TimeInForce = "day"
    reevaluations: int = 0
    probes: int = 0
    by_hand: bool = False
    broker: str | None = None
    account: str | None = None
    broker_order_id: str | None = None
    executions: tuple[Execution, ...] = ()

    @property
    def is_open(self) -> bool:
        """True until the order has ended."""
        return self.status not in ENDED

    @property
    @exactly
    def filled(self) -> Decimal:
        """The quantity executed so far."""
        return sum((execution.quantity for execution in self.executions), ZERO)

    @property
    def average_price(self) -> Decimal | None:
        """The volume-weighted fill price in the quote unit, None while nothing is filled."""
        return average_price(self.executions)

    def after(self, step: OrderStep, **learned: object) -> Self:
        """The order after a step, with what it taught us. Raises KeyError for a step the table refuses."""
        status = TRANSITIONS[self.status, step]
        overlay = OVERLAYS.get(step, None if step is OrderStep.ACCEPTED else self.overlay)
        order = self.model_copy(update=learned)
        if status in (OrderStatus.WORKING, OrderStatus.PARTIAL):
            status = OrderStatus.PARTIAL if order.filled else OrderStatus.WORKING
        return order.model_copy(
            update={"status": status, "overlay": None if status in ENDED else overlay},
        )

    def execution(self, execution_id: str) -> Execution | None:
        """The latest revision of this execution, as it was booked."""
        return next((each for each in self.executions if each.execution_id == execution_id), None)

    def with_execution(self, execution: Execution) -> tuple[Execution, ...]:
        """Its executions with this one added, or in the place of its earlier revision."""
        others = tuple(each for each in self.executions if each.execution_id != execution.execution_id)
        if len(others) == len(self.executions):
            return (*others, execution)
        return tuple(
            execution if each.execution_id == execution.execution_id else each for each in self.executions
        )
