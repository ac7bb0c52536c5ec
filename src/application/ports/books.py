"""The books of portfolios, as they stand at one moment."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.brake.books import Books


class PortfolioBooks(Protocol):
    """What portfolios hold, what was booked of late, and how much they may lose in a day."""

    def of(self, portfolio_id: UUID, since: datetime) -> Books | None:
        """A portfolio's books with what took effect ``since`` a moment; all of it is true at once."""

    def with_a_limit(self) -> Sequence[UUID]:
        """The live portfolios that a loss of the day would freeze, the frozen ones left out."""
