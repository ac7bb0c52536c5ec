"""Prices as they came, and how far they have been decided upon."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from application.ports.log import Batch, CursorMoves
from domain.quote import Quote


@dataclass(frozen=True, slots=True)
class PricePoint:
    """A price of a listing in its quote unit, as it came.

    Of a bar ``last`` is the close, and ``open``, ``high`` and ``low`` are given too. ``currency`` and ``unit``
    are what the provider called them, None when it did not say; they are judged, and not stored.
    """

    listing_id: UUID
    as_of: datetime
    last: Decimal | None
    bid: Decimal | None
    ask: Decimal | None
    is_close: bool
    source: str
    open: Decimal | None = None
    high: Decimal | None = None
    low: Decimal | None = None
    currency: str | None = None
    unit: str | None = None

    @property
    def prices(self) -> tuple[Decimal, ...]:
        """Every price of it that a decision may take: the last trade, then the middle of bid and ask."""
        last = () if self.last is None else (self.last,)
        return last if self.bid is None or self.ask is None else (*last, (self.bid + self.ask) / 2)

    @property
    def value(self) -> Decimal | None:
        """The one number the gate judges: last, else the middle of bid and ask."""
        return self.prices[0] if self.prices else None

    @property
    def quote(self) -> Quote:
        """The price as the rule reads it."""
        return Quote(last=self.last, bid=self.bid, ask=self.ask, as_of=self.as_of)


class Intake(Protocol):
    """Prices on their way in, in one transaction: the last good ones are locked until it ends."""

    latest: Mapping[UUID, PricePoint]

    def before(self, points: Sequence[PricePoint]) -> Mapping[PricePoint, PricePoint]:
        """For each of these prices that has one, the last good one before it."""

    def store(
        self,
        good: Sequence[PricePoint],
        quarantined: Sequence[tuple[PricePoint, str]],
        newest: Sequence[PricePoint],
    ) -> set[PricePoint]:
        """Store what is not there yet and answer it; of that, ``newest`` become the latest prices."""

    def append(self, batch: Batch) -> int:
        """Append events within this transaction; see EventLog.append."""


@dataclass(frozen=True, slots=True)
class UndecidedTicks:
    """Good prices of some listings after their cursors, oldest first, and where each cursor stands (None: never)."""

    ticks: Sequence[PricePoint]
    cursors: Mapping[UUID, datetime | None]
    log_number: int
    """The log's last number when this was read."""


class Prices(Protocol):
    """Prices as they came, and how far they have been decided upon."""

    def intake(self, feed: str, listing_ids: Sequence[UUID]) -> AbstractContextManager[Intake]:
        """Begin to store prices; everything is committed when the block ends well."""

    def undecided_ticks(self, feed: str, listing_ids: Sequence[UUID], *, newest_only: bool) -> UndecidedTicks:
        """What waits for a decision: every good price after the cursors.

        ``newest_only`` leaves the newest of each listing, and the newest close when that is older.
        """

    def advance(self, moves: CursorMoves) -> None:
        """Move cursors on when nothing is appended; one that has moved further already stays there."""

    def latest(self, feed: str, listing_id: UUID) -> PricePoint | None:
        """The newest good price of a listing."""

    def latest_of(self, feed: str, listing_ids: Sequence[UUID]) -> Mapping[UUID, PricePoint]:
        """The newest good price of each of these listings that has one."""

    def last_before(self, feed: str, listing_id: UUID, moment: datetime) -> PricePoint | None:
        """The newest good price of a listing from before a moment."""

    def cursor(self, feed: str, listing_id: UUID) -> datetime | None:
        """The moment up to which a listing has been decided on a feed."""

    def undecided(self, feed: str) -> list[UUID]:
        """Listings whose newest good price lies after their cursor."""
