"""What a portfolio's value history is reckoned from, of itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID


class Quoted(NamedTuple):
    """What prices of a listing are in: its currency, and how much of that one quote unit is."""

    currency: str
    unit_scale: Decimal


@dataclass(frozen=True, slots=True)
class Booked:
    """A portfolio, and what was booked after an event number.

    ``earliest`` is the time of the earliest such entry, None without any, ``newest`` the number of the newest of all.
    ``listings`` are those that anything was ever booked about.
    """

    currency: str
    feed: str
    earliest: datetime | None
    newest: int
    listings: Mapping[UUID, Quoted]
