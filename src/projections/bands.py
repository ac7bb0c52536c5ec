"""Where the bands of positions lie, read from the positions and portfolios as they stand."""

from typing import Any

from psycopg import Connection
from psycopg_pool import ConnectionPool

from domain.bands import BandChange, watch
from domain.settings import resolve
from projections import positions


class Bands:
    """The application's Bands. Inline models are never behind, so neither is this."""

    def __init__(self, pool: ConnectionPool[Connection[dict[str, Any]]]) -> None:
        self._pool = pool

    def since(self, number: int) -> tuple[int, list[BandChange]]:
        """See application.ports.Bands."""
        with self._pool.connection() as connection:
            found = positions.changed_since(connection, number)
        changes = [_change(each) for each in found]
        return max((each.event_number for each in found), default=number), changes


def _change(found: positions.Changed) -> BandChange:
    position, portfolio = found.position, found.portfolio
    decided = position.status == "active" and not portfolio.frozen
    return BandChange(
        feed="live" if portfolio.clock == "live" else str(portfolio.id),
        listing_id=position.listing_id,
        position_id=position.id,
        watch=watch(
            position, found.version, found.portfolio_version, resolve(portfolio.settings, position.settings)
        )
        if decided
        else None,
    )
