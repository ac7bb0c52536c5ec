"""Prices as they came, and how far they have been decided upon."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from application.ports.log import Batch, CursorMoves
from domain.measures import Mark
from domain.price_point import PricePoint
from domain.quality import Judged, LastGood
from domain.quality.quarantine import Ruling, Waiting


class Intake(Protocol):
    """Prices on their way in, in one transaction: the last good ones are locked until it ends."""

    latest: Mapping[UUID, LastGood]

    def fresh(self, points: Sequence[PricePoint]) -> list[PricePoint]:
        """Those that are not stored yet, each once, in their order; of the others it is noted that they came again."""

    def before(self, points: Sequence[PricePoint]) -> Mapping[PricePoint, PricePoint]:
        """For each of these prices that has one, the last good one before it."""

    def hour_before(
        self, minutes: Mapping[UUID, datetime]
    ) -> Mapping[UUID, Sequence[tuple[datetime, Decimal]]]:
        """For each listing the last good tick of each minute of the hour before a minute, oldest first."""

    def dropped(self, since: Mapping[UUID, datetime]) -> Mapping[UUID, Sequence[tuple[datetime, Decimal]]]:
        """For each listing the outliers after a moment, oldest first."""

    def store(self, judged: Judged, newest: Sequence[LastGood]) -> None:
        """Store what was judged of the fresh ones, marked where it was stopped; ``newest`` become the latest prices."""

    def waiting(self) -> Sequence[Waiting]:
        """What waits for a person of the listings that are locked, each listing's in the order of their moments."""

    def settle(self, settled: Sequence[Waiting], ruling: Ruling, reason: str) -> None:
        """Mark waiting prices as settled; those that are released are good from then on."""

    def publish(self, newest: Sequence[LastGood]) -> None:
        """Let these be the latest prices, where they are newer than those known."""

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

    def last_good(self, feed: str, listing_id: UUID) -> LastGood | None:
        """The newest good price of a listing, with what the gate remembers of it."""

    def latest_of(self, feed: str, listing_ids: Sequence[UUID]) -> Mapping[UUID, PricePoint]:
        """The newest good price of each of these listings that has one."""

    def newest_until(
        self, feed: str, listing_ids: Sequence[UUID], moment: datetime
    ) -> Mapping[UUID, PricePoint]:
        """The newest good price of each of these listings that has one from before a moment."""

    def last_before(self, feed: str, listing_id: UUID, moment: datetime) -> PricePoint | None:
        """The newest good price of a listing from before a moment."""

    def newest_of_kind(
        self, feed: str, listing_ids: Sequence[UUID], since: datetime, *, is_close: bool
    ) -> Mapping[UUID, datetime]:
        """When the newest good close of each listing is of, or the newest that is none, as far as since a moment."""

    def marks_at(
        self, feed: str, moments: Sequence[tuple[UUID, datetime]], until: datetime
    ) -> Mapping[tuple[UUID, datetime], Mark]:
        """For each listing and moment the newest good price until then; where there is none, the first after it.

        Nothing from after ``until`` is answered.
        """

    def daily(self, feed: str, listing_ids: Sequence[UUID], first: date, until: datetime) -> Sequence[Mark]:
        """One good price of each listing for each day, UTC, from the first on, oldest first and then by listing.

        Of a day it is the last close, else the last price once the day is over.
        """

    def cursor(self, feed: str, listing_id: UUID) -> datetime | None:
        """The moment up to which a listing has been decided on a feed."""

    def undecided(self, feed: str) -> list[UUID]:
        """Listings whose newest good price lies after their cursor."""


class Quarantine(Protocol):
    """Prices that were stopped."""

    def waiting(self, feed: str, listing_id: UUID) -> Sequence[Waiting]:
        """What waits for a person of a listing, in the order of their moments."""
