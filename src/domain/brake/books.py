"""The books of a portfolio as the brake reads them: what there is now, and what was booked lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.journal import Line


@dataclass(frozen=True, slots=True)
class Held:
    """Units of one listing. ``in_positions`` of them are traded by rules, the others were left by closed positions."""

    listing_id: UUID
    symbol: str
    exchange: str
    unit_scale: Decimal
    units: Decimal
    in_positions: Decimal


@dataclass(frozen=True, slots=True)
class Booked:
    """An entry of the journal, and when what it books took effect."""

    at: datetime
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Books:
    """A portfolio at one moment. ``cash`` is free, in positions and owed; ``lately`` is what was booked of late.

    ``limit_pct`` is the strictest of its own and its positions', None when there is none.
    """

    portfolio_id: UUID
    currency: str
    limit_pct: Decimal | None
    cash: Decimal
    held: Sequence[Held]
    lately: Sequence[Booked]
