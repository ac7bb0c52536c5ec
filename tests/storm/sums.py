"""What the second bookkeeper keeps of orders and positions, and what it says when something is wrong."""

from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from storm.book import ZERO, Revision


class Broken(Exception):
    """A promise was broken; the text says which."""


@dataclass
class Sent:
    """An order as the events tell of it."""

    order_id: UUID
    position_id: UUID
    client_order_ids: list[str]
    submitted: int = 0
    ended: str | None = None
    executions: dict[str, Revision] = field(default_factory=dict)

    def average(self) -> Decimal | None:
        """The volume-weighted price of what stands."""
        standing = [each for each in self.executions.values() if each.quantity]
        if not standing:
            return None
        value = sum((each.quantity * each.price for each in standing), ZERO)
        return value / sum((each.quantity for each in standing), ZERO)


@dataclass
class Sum:
    """A position as the events add up."""

    symbol: str
    account: str
    shares: Decimal
    cash: Decimal
    anchor: Decimal
    said_anchor: Decimal
    anchor_before: Decimal = ZERO
    last_ended: UUID | None = None
    open_order: UUID | None = None
    closed: bool = False
    is_of_advice: bool = False
    """Whether it carries out a line of advice, with what is the portfolio's own."""
