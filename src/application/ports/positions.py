"""What is looked up of many positions at once, and kept in this process."""

from typing import Protocol
from uuid import UUID

from domain.actions import Announced, Due
from domain.bands import BandChange


class Bands(Protocol):
    """Where the bands of positions lie."""

    def since(self, number: int) -> tuple[int, list[BandChange]]:
        """Positions that events after ``number`` changed, and the log's number for which that is the truth."""


class Actions(Protocol):
    """Corporate actions as announced, and who waits for them."""

    def since(self, number: int) -> tuple[int, list[Announced]]:
        """What events after ``number`` announced, and the log's number for which that is all."""

    def unsettled(self, feed: str, due: Due) -> list[UUID]:
        """The open positions of a feed that an action concerns and that have not settled this of it."""
