"""One order's life as a table, and what is known of it so far (DOMAIN §3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import Literal, get_args
from uuid import UUID

from domain.events import Instant, Value, rfc3339
from domain.money import ZERO
from domain.numbers import EXACT, Exact, exactly

Side = Literal["BUY", "SELL"]
OrderType = Literal["market", "limit"]

ANCHOR_FRACTION = Decimal("1E-12")


class OrderStatus(StrEnum):
    """Where an order stands. The last six never become anything else."""

    INTENDED = "intended"
    SUBMITTING = "submitting"
    WORKING = "working"
    PARTIAL = "partial"
    UNKNOWN = "unknown"
    FILLED = "filled"
    CANCELED = "canceled"
    EXPIRED = "expired"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    SKIPPED = "skipped"


class OrderStep(StrEnum):
    """What can happen to an order; each is an event of its position."""

    REEVALUATED = "re-evaluated"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    EXECUTED = "executed"
    OUTCOME_UNKNOWN = "outcome unknown"
    FILLED = "filled"
    CANCELED = "canceled"
    EXPIRED = "expired"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    SKIPPED = "skipped"


# The ways in which an order ends.
End = Literal[
    OrderStatus.FILLED,
    OrderStatus.CANCELED,
    OrderStatus.EXPIRED,
    OrderStatus.REJECTED,
    OrderStatus.SUPERSEDED,
    OrderStatus.SKIPPED,
]

ENDED: frozenset[OrderStatus] = frozenset(get_args(End))

_ALIVE_AT_THE_BROKER = (OrderStatus.SUBMITTING, OrderStatus.WORKING, OrderStatus.PARTIAL, OrderStatus.UNKNOWN)

TRANSITIONS: Mapping[tuple[OrderStatus, OrderStep], OrderStatus] = {
    (OrderStatus.INTENDED, OrderStep.REEVALUATED): OrderStatus.INTENDED,
    (OrderStatus.INTENDED, OrderStep.SUBMITTED): OrderStatus.SUBMITTING,
    (OrderStatus.INTENDED, OrderStep.SKIPPED): OrderStatus.SKIPPED,
    (OrderStatus.INTENDED, OrderStep.SUPERSEDED): OrderStatus.SUPERSEDED,
    (OrderStatus.INTENDED, OrderStep.CANCELED): OrderStatus.CANCELED,
    (OrderStatus.SUBMITTING, OrderStep.ACCEPTED): OrderStatus.WORKING,
    (OrderStatus.UNKNOWN, OrderStep.ACCEPTED): OrderStatus.WORKING,
    (OrderStatus.PARTIAL, OrderStep.ACCEPTED): OrderStatus.PARTIAL,
    **{(status, OrderStep.OUTCOME_UNKNOWN): OrderStatus.UNKNOWN for status in _ALIVE_AT_THE_BROKER},
    **{(status, OrderStep.EXECUTED): OrderStatus.PARTIAL for status in _ALIVE_AT_THE_BROKER},
    **{(status, OrderStep.FILLED): OrderStatus.FILLED for status in _ALIVE_AT_THE_BROKER},
    **{(status, OrderStep.CANCELED): OrderStatus.CANCELED for status in _ALIVE_AT_THE_BROKER},
    **{(status, OrderStep.EXPIRED): OrderStatus.EXPIRED for status in _ALIVE_AT_THE_BROKER},
    **{(status, OrderStep.REJECTED): OrderStatus.REJECTED for status in _ALIVE_AT_THE_BROKER},
    **{(status, OrderStep.SUPERSEDED): OrderStatus.SUPERSEDED for status in _ALIVE_AT_THE_BROKER},
    # An execution is a fact of its own, booked in every state; an ended order stays what it was.
    **{(status, OrderStep.EXECUTED): status for status in ENDED},
}


def is_legal(status: OrderStatus, step: OrderStep) -> bool:
    """Whether the table knows this step from this status."""
    return (status, step) in TRANSITIONS


def client_order_id(position_id: UUID, decided_at: datetime, side: Side) -> str:
    """The idempotency key of an order: fixed by what was decided, stored before any call to a broker."""
    return f"{position_id}|{rfc3339(decided_at)}|{side}"


class Execution(Value):
    """One fill as reported. ``price`` is in the quote unit, ``notional`` and ``commission`` are money."""

    execution_id: str
    revision: int
    quantity: Exact
    price: Exact
    commission: Exact
    notional: Exact
    at: Instant


@dataclass(frozen=True, slots=True)
class Fill:
    """One execution as reported: ``price`` in the quote unit; ``commission`` in the currency."""

    execution_id: str
    revision: int
    quantity: Decimal
    price: Decimal
    commission: Decimal
    at: datetime


class Order(Value):
    """What is known of one order: the intention, where it stands, and its executions."""

    id: UUID
    client_order_id: str
    side: Side
    type: OrderType
    quantity: Exact
    decided_price: Exact
    decided_at: Instant
    trading_day: date
    status: OrderStatus
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
        filled = self.filled
        if not filled:
            return None
        with localcontext(EXACT):
            exact = sum((e.quantity * e.price for e in self.executions), ZERO) / filled
            rounded = exact.quantize(ANCHOR_FRACTION)
            return exact if exact == rounded else rounded

    def after(self, step: OrderStep) -> OrderStatus:
        """The status this step leads to. Raises KeyError for a step that the table does not know."""
        return TRANSITIONS[self.status, step]

    def execution(self, execution_id: str) -> Execution | None:
        """The execution of this id, as it was booked."""
        return next((each for each in self.executions if each.execution_id == execution_id), None)
