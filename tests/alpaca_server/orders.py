"""What stands in the broker's books: orders, their executions, and what they add up to."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

Side = Literal["buy", "sell"]

FINAL = frozenset({"filled", "canceled", "expired", "replaced", "rejected"})
"""The statuses of an order that no longer works in the market."""

ZERO = Decimal(0)


class NotPossible(ValueError):
    """What a test asked for cannot happen at a broker: overspent, sold short, filled beyond the order."""


@dataclass(eq=False)
class Execution:
    """A trade in the market that belongs to an order; ``stands`` until it is busted or corrected."""

    execution_id: str
    activity_id: str
    order: "Order"
    quantity: Decimal
    price: Decimal
    at: datetime
    stands: bool = True

    @property
    def cash(self) -> Decimal:
        """What it adds to the account's cash; negative when it is a purchase."""
        worth = self.quantity * self.price
        return -worth if self.order.side == "buy" else worth

    @property
    def units(self) -> Decimal:
        """What it adds to the position; negative when it is a sale."""
        return self.quantity if self.order.side == "buy" else -self.quantity


@dataclass(eq=False)
class Order:
    """An order as the broker has it."""

    order_id: str
    client_order_id: str
    symbol: str
    side: Side
    kind: Literal["market", "limit"]
    time_in_force: str
    quantity: Decimal
    limit_price: Decimal | None
    extended_hours: bool
    status: str
    submitted_at: datetime
    updated_at: datetime
    ended_at: dict[str, datetime] = field(default_factory=dict)
    """When it was filled, canceled, expired, replaced or failed, by the name of Alpaca's field."""
    executions: list[Execution] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it still works in the market."""
        return self.status not in FINAL

    @property
    def standing(self) -> list[Execution]:
        """Its executions that have not been busted or corrected."""
        return [each for each in self.executions if each.stands]

    @property
    def filled(self) -> Decimal:
        """How much of it has been executed."""
        return sum((each.quantity for each in self.standing), ZERO)

    @property
    def remaining(self) -> Decimal:
        """How much of it has not been executed."""
        return self.quantity - self.filled

    @property
    def average_price(self) -> Decimal | None:
        """At which price it was filled on average, None when nothing was."""
        prices = {each.price for each in self.standing}
        if len(prices) <= 1:
            return next(iter(prices), None)
        worth = sum((each.quantity * each.price for each in self.standing), ZERO)
        return (worth / self.filled).quantize(Decimal("1e-9"))

    def move(self, status: str, at: datetime) -> None:
        """Take on a status, with the moment that belongs to it."""
        self.status, self.updated_at = status, at
        names = {"rejected": "failed_at"} | {name: f"{name}_at" for name in FINAL - {"rejected"}}
        if status in names:
            self.ended_at[names[status]] = at
        elif status not in FINAL:
            self.ended_at.clear()
