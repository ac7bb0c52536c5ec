"""Units that a portfolio holds outside of its positions, at their average cost (DOMAIN §6)."""

from dataclasses import dataclass
from decimal import Decimal

from domain.money import ZERO
from domain.portfolio.events import Effect, Into


@dataclass(frozen=True, slots=True)
class Units:
    """Units that a portfolio holds outside of its positions, and what they have cost."""

    quantity: Decimal = ZERO
    book_cost: Decimal = ZERO

    def after(self, effect: Effect) -> "Units":
        """The units once an entry is booked."""
        return Units(self.quantity + effect.quantity, self.book_cost + effect.book_cost)

    def with_into(self, into: Into) -> "Units":
        """The units once a merger into their listing is booked, or taken back."""
        return Units(self.quantity + into.quantity, self.book_cost + into.book_cost)


NONE = Units()
