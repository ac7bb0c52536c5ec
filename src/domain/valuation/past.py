"""What a portfolio's value history is reckoned from, of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from domain.valuation.movement import Movement


class Quoted(NamedTuple):
    """What prices of a listing are in: its currency, and how much of that one quote unit is."""

    currency: str
    unit_scale: Decimal


@dataclass(frozen=True, slots=True)
class Past:
    """Everything that was ever booked of a portfolio, in the order of its time, and the listings that it is about."""

    currency: str
    feed: str
    movements: Sequence[Movement]
    listings: Mapping[UUID, Quoted]
