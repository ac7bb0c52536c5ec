"""The registry's directory, out of several read models."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from projections import instruments, listings, positions
from projections.connections import Connections


class Directory:
    """The application's Directory. Inline models are never behind, so neither is this."""

    def __init__(self, pool: Connections) -> None:
        self._pool = pool

    def instrument_with(self, isin: str) -> UUID | None:
        """See application.registry.directory.Directory."""
        with self._pool.connection() as connection:
            return instruments.by_isin(connection, isin)

    def listing_called(self, symbol: str, exchange: str) -> UUID | None:
        """See application.registry.directory.Directory."""
        with self._pool.connection() as connection:
            return listings.by_symbol(connection, symbol, exchange)

    def given_up_at(self, symbol: str, exchange: str) -> datetime | None:
        """See application.registry.directory.Directory."""
        with self._pool.connection() as connection:
            return listings.given_up_at(connection, symbol, exchange)

    def positions_in(self, listing_id: UUID) -> Sequence[UUID]:
        """See application.registry.directory.Directory."""
        with self._pool.connection() as connection:
            return positions.live_in(connection, listing_id)
