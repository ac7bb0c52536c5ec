"""What the gate makes of a batch."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.price_point import PricePoint
from domain.quality.finding import Finding


@dataclass(frozen=True, slots=True)
class Stopped:
    """A price that was stopped, by what, and the last good one that it was held against."""

    point: PricePoint
    finding: Finding
    last_good: PricePoint | None


@dataclass(frozen=True, slots=True)
class Flagged:
    """What is only told of a price, and the trading day it belongs to."""

    point: PricePoint
    finding: Finding
    day: date


@dataclass(frozen=True, slots=True)
class Offended:
    """A good price that a portfolio wanted to be called for."""

    portfolio_id: UUID
    point: PricePoint
    finding: Finding


@dataclass(slots=True)
class Judged:
    """Prices by what becomes of them.

    ``good`` are stored and may be used, ``late`` of them are older than one known before; ``stopped`` and
    ``dropped`` are stored and used by nothing; ``rejected`` are not stored. ``remarkable`` are the listings that
    somebody should decide on now.
    """

    good: list[PricePoint] = field(default_factory=list)
    late: int = 0
    stopped: list[Stopped] = field(default_factory=list)
    dropped: list[tuple[PricePoint, Finding]] = field(default_factory=list)
    rejected: list[tuple[PricePoint, Finding]] = field(default_factory=list)
    flagged: list[Flagged] = field(default_factory=list)
    offended: list[Offended] = field(default_factory=list)
    remarkable: set[UUID] = field(default_factory=set)


Before = Mapping[PricePoint, PricePoint]
"""For prices that come late, the last good one before each."""
