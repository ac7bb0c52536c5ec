"""What is remembered of a database that was filled from a backup."""

from datetime import datetime
from typing import NamedTuple, Protocol


class Restoration(NamedTuple):
    """Which file the database was filled from, when, and when it was verified since."""

    file: str
    restored_at: datetime
    verified_at: datetime | None


class Restorations(Protocol):
    """The restorations of this database, of which one may be waiting."""

    def pending(self) -> Restoration | None:
        """The one that has not been lifted, None when there is none."""

    def verified(self, at: datetime) -> None:
        """Remember that the database was verified as a whole, if a restoration waits for that."""

    def lift(self, at: datetime) -> None:
        """Let the database be written to from now on."""
