"""What a broker's file is compared with, out of several read models."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg_pool import ConnectionPool

from domain.portfolio.posting import Units
from domain.statements.proposal import BooksNow
from projections import imports

NOW = """
    select coalesce(max(event_number), 0) as number, max(at) as latest,
        (select coalesce(sum(amount), 0) from cash
            where portfolio_id = %(portfolio)s and account like 'cash:%%') as cash
    from journal where portfolio_id = %(portfolio)s"""

CANDIDATES = """
    select l.listing_id, coalesce(i.isin, l.isin) as isin from listings l left join instruments i using (instrument_id)
    where l.retired_on is null and (l.symbol = any(%(symbols)s)
        or coalesce(i.isin, l.isin) = any(%(isins)s) or l.title = any(%(titles)s)) order by l.listing_id"""


class ImportedBooks:
    """The application's ImportedBooks. Inline models are never behind, so neither is this."""

    def __init__(self, pool: ConnectionPool[Connection[dict[str, Any]]]) -> None:
        self._pool = pool

    def now(self, portfolio_id: UUID) -> BooksNow:
        """See application.ports.statements.ImportedBooks."""
        with self._pool.connection() as connection:
            row = connection.execute(NOW, {"portfolio": portfolio_id}).fetchone()
            held = connection.execute(
                "select listing_id, quantity, book_cost from holdings where portfolio_id = %s",
                (portfolio_id,),
            ).fetchall()
        units = {each["listing_id"]: Units(each["quantity"], each["book_cost"]) for each in held}
        return BooksNow(**(row or {}), units=units)

    def imported(self, portfolio_id: UUID, keys: Sequence[str]) -> Mapping[str, str]:
        """See application.ports.statements.ImportedBooks."""
        with self._pool.connection() as connection:
            return imports.imported(connection, portfolio_id, keys)

    def remembered(self, portfolio_id: UUID, securities: Sequence[str]) -> Mapping[str, UUID]:
        """See application.ports.statements.ImportedBooks."""
        with self._pool.connection() as connection:
            return imports.remembered(connection, portfolio_id, securities)

    def candidates(
        self, isins: Sequence[str], symbols: Sequence[str], titles: Sequence[str]
    ) -> Mapping[UUID, str | None]:
        """See application.ports.statements.ImportedBooks."""
        given = {"isins": list(isins), "symbols": list(symbols), "titles": list(titles)}
        with self._pool.connection() as connection:
            found = connection.execute(CANDIDATES, given).fetchall()
        return {row["listing_id"]: row["isin"] for row in found}
