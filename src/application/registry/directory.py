"""Where the registry looks things up by what people call them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID


class Directory(Protocol):
    """Finds by name what is known by id. What was found is loaded, and guarded by its version, as anything is."""

    def instrument_with(self, isin: str) -> UUID | None:
        """The instrument of an ISIN."""

    def listing_called(self, symbol: str, exchange: str) -> UUID | None:
        """The listing that goes by a symbol now."""

    def given_up_at(self, symbol: str, exchange: str) -> datetime | None:
        """Since when a symbol that another listing had is free; None when none ever had it."""

    def positions_in(self, listing_id: UUID) -> Sequence[UUID]:
        """The live positions in a listing that are not closed."""
