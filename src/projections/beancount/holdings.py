"""Holdings as beancount's lots. Ours have one average cost; its accounts take any lots, so that both sums agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.journal import Line
from domain.money import ZERO


@dataclass(frozen=True, slots=True)
class Lot:
    """Units that come, or go below zero, at a cost in all of them."""

    quantity: Decimal
    cost: Decimal


@dataclass(slots=True)
class Holding:
    """What has been written of a listing so far."""

    quantity: Decimal = ZERO
    cost: Decimal = ZERO

    def move(self, line: Line) -> Sequence[Lot]:
        """The lots that a line of the journal comes to.

        Units and cost that move the same way are one lot. What changes the units at no cost, as a split does, or the
        cost of the units that are there, takes all of them out and puts them in again as they are then.
        """
        before = Lot(-self.quantity, self.cost)
        self.quantity += line.quantity
        self.cost += line.amount
        if line.quantity and (line.quantity > 0) == (line.amount > 0) and line.amount:
            return [Lot(line.quantity, abs(line.amount))]
        return [each for each in (before, Lot(self.quantity, self.cost)) if each.quantity]
