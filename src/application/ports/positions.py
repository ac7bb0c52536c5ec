"""What is looked up of many positions at once, and kept in this process."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from domain.actions import Announced, Due
from domain.bands import BandChange
from domain.quality import ListingRules, ThresholdsChange


class Bands(Protocol):
    """Where the bands of positions lie."""

    def since(self, number: int) -> tuple[int, list[BandChange]]:
        """Positions that events after ``number`` changed, and the log's number for which that is the truth."""


class GateRules(Protocol):
    """What the gate judges by, beside other prices."""

    def since(self, number: int) -> tuple[int, dict[UUID, ListingRules], dict[UUID, ThresholdsChange]]:
        """Listings that events after ``number`` registered or set thresholds of, and portfolios' own thresholds.

        With them the log's number for which that is the truth.
        """

    def held_by(self, feed: str, portfolio_ids: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
        """Of these portfolios, those on a feed, with each listing that they hold or have a position in."""


class Actions(Protocol):
    """Corporate actions as announced, and who waits for them."""

    def since(self, number: int) -> tuple[int, list[Announced]]:
        """What events after ``number`` announced, and the log's number for which that is all."""

    def unsettled(self, feed: str, due: Due) -> list[UUID]:
        """The open positions of a feed that an action concerns and that have not settled this of it."""
