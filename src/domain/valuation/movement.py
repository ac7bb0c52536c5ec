"""What one journal entry does to a portfolio as a whole: its cash, its units, and what came from outside."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class UnitsMoved:
    """Units of a listing that came, or went where they are below zero, with their book cost in the base currency."""

    listing_id: UUID
    quantity: Decimal
    book_cost: Decimal


@dataclass(frozen=True, slots=True)
class Movement:
    """An entry in short. ``cash`` is that of the portfolio, of its positions and what is owed to it, together.

    ``capital`` is what came from outside by the books, below zero where it went there; for units in kind it is their
    book cost.
    """

    at: datetime
    cash: Decimal
    capital: Decimal
    units: tuple[UnitsMoved, ...] = ()
