"""How the lines of a recommendation fare as orders: what is under way, and what became of each."""

from datetime import date
from typing import Self
from uuid import UUID

from domain.events import Instant, Value
from domain.numbers import Exact
from domain.order import End, Side
from domain.recommendation.events import DeclineReason, LineDeclined, LinePlaced, LineSettled

DOES_NOT_FIT: frozenset[DeclineReason] = frozenset({"insufficient_cash", "insufficient_shares", "below_min"})
"""What is left out for these reasons is left out for good: approving it again would change nothing."""


class Placing(Value):
    """An attempt that is under way, and the lines that it places what is left of."""

    attempt: int
    begun_at: Instant
    lines: tuple[UUID, ...]


class Placed(Value):
    """A line that became an order; ``status`` is how that ended, None while it is at work."""

    line_id: UUID
    attempt: int
    position_id: UUID
    order_id: UUID
    client_order_id: str
    symbol: str
    side: Side
    quantity: Exact
    cash: Exact
    trading_day: date
    status: End | None = None
    reason: str | None = None

    @classmethod
    def by(cls, event: LinePlaced) -> Self:
        """As it was placed."""
        return cls(
            line_id=event.line_id,
            attempt=event.attempt,
            position_id=event.position_id,
            order_id=event.order_id,
            client_order_id=event.client_order_id,
            symbol=event.symbol,
            side=event.side,
            quantity=event.quantity,
            cash=event.cash,
            trading_day=event.trading_day,
        )

    @property
    def at_work(self) -> bool:
        """Whether its order has not ended."""
        return self.status is None

    def after(self, event: LineSettled) -> Self:
        """With the end of its order."""
        return self.model_copy(
            update={"status": event.status, "reason": event.reason, "quantity": event.ordered}
        )


class Declined(Value):
    """A line that was not placed, and why."""

    line_id: UUID
    attempt: int
    reason: DeclineReason
    message: str

    @classmethod
    def by(cls, event: LineDeclined) -> Self:
        """As it was declined."""
        return cls(line_id=event.line_id, attempt=event.attempt, reason=event.reason, message=event.message)
