"""What a window's decisions and executions add up to."""

from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from domain.measures.facts import Fact, Ordered, Skipped, Traded
from domain.money import ZERO

BASIS_POINTS = Decimal(10_000)


@dataclass(slots=True)
class Sums:
    """Money is in the currency. ``filled`` is how much of each order was executed, by its latest revisions."""

    orders: set[UUID] = field(default_factory=set)
    filled: dict[UUID, Decimal] = field(default_factory=dict)
    skips: dict[str, int] = field(default_factory=dict)
    slippage: Decimal = ZERO
    decided_value: Decimal = ZERO
    traded: Decimal = ZERO
    fees: Decimal = ZERO

    def take(self, fact: Fact, unit_scale: Decimal) -> None:
        """Count a fact; what neither decides nor trades adds nothing."""
        match fact:
            case Ordered():
                self.orders.add(fact.order_id)
            case Skipped():
                self.skips[fact.reason] = self.skips.get(fact.reason, 0) + 1
            case Traded():
                if fact.order_id is not None:
                    self.filled[fact.order_id] = self.filled.get(fact.order_id, ZERO) + fact.quantity
                self.slippage += fact.slippage * unit_scale
                self.decided_value += fact.decided_value * unit_scale
                self.traded += fact.notional
                self.fees += fact.fees
            case _:
                pass

    @property
    def decisions(self) -> int:
        """How many decisions were stored."""
        return len(self.orders) + sum(self.skips.values())

    @property
    def orders_filled(self) -> int:
        """How many of the orders decided have a fill that was not taken back."""
        return sum(self.filled.get(order_id, ZERO) > 0 for order_id in self.orders)

    def slippage_bps(self) -> Decimal | None:
        """Executions against their decisions, weighted by volume; a cost is positive.

        None without executions, and where a window holds no more of them than it takes back.
        """
        if self.decided_value <= 0:
            return None
        return BASIS_POINTS * self.slippage / self.decided_value
