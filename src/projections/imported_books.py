"""What a broker's file is compared with, out of several read models."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.money import ZERO
from domain.portfolio.traded import Traded
from domain.portfolio.units import Units
from domain.statements.identity import Booked
from domain.statements.proposal import BooksNow
from projections import imports
from projections.connections import Connections

CASH = "cash:"

NOW = """
    select coalesce(max(event_number), 0) as number, max(at) as latest,
        (select coalesce(sum(amount), 0) from cash
            where portfolio_id = %(portfolio)s and account like 'cash:%%') as cash
    from journal where portfolio_id = %(portfolio)s"""

CANDIDATES = """
    select l.listing_id, coalesce(i.isin, l.isin) as isin from listings l left join instruments i using (instrument_id)
    where l.retired_on is null and (l.symbol = any(%(symbols)s)
        or coalesce(i.isin, l.isin) = any(%(isins)s) or l.title = any(%(titles)s)) order by l.listing_id"""


BOOKED = """
    with named as (
        select id, reference from journal where portfolio_id = %(portfolio)s and reference = any(%(references)s)
        union
        select (line ->> 'entry_id')::uuid, line ->> 'broker_reference'
        from recommendations r cross join jsonb_array_elements(r.executed) as executed (line)
        where r.portfolio_id = %(portfolio)s and r.status <> 'reversed'
            and line ->> 'broker_reference' = any(%(references)s))
    select n.reference, j.id, j.kind, j.lines,
        exists (select from imported_rows i where i.entry_id = j.id) as imported
    from named n join journal j using (id)
    where j.portfolio_id = %(portfolio)s
        and not exists (select from reversed_entries e where e.entry_id = j.id)
    order by j.event_number"""
"""An order of a position that a person placed is in the journal under an id of ours; its advice has the broker's."""


class ImportedBooks:
    """The application's ImportedBooks. Inline models are never behind, so neither is this."""

    def __init__(self, pool: Connections) -> None:
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

    def booked(self, portfolio_id: UUID, references: Sequence[str]) -> Mapping[str, Booked]:
        """See application.ports.statements.ImportedBooks."""
        found: dict[str, list[dict[str, Any]]] = {}
        for entry in self._under(portfolio_id, references):
            if not entry["imported"]:
                found.setdefault(entry["reference"], []).append(entry)
        booked = {reference: _together(each) for reference, each in found.items()}
        return {reference: each for reference, each in booked.items() if each.quantity or each.cash}

    def traded(self, portfolio_id: UUID, references: Sequence[str]) -> Sequence[Traded]:
        """See application.books.told_before.TradesUnder; what was imported is among it."""
        return [
            Traded(entry["reference"], entry["id"], listing_id, quantity, _cash(entry["lines"]))
            for entry in self._under(portfolio_id, references)
            for listing_id, quantity in _units(entry["lines"])
        ]

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

    def _under(self, portfolio_id: UUID, references: Sequence[str]) -> list[dict[str, Any]]:
        given = {"portfolio": portfolio_id, "references": list(references)}
        with self._pool.connection() as connection:
            return connection.execute(BOOKED, given).fetchall()


def _together(entries: Sequence[dict[str, Any]]) -> Booked:
    """Entries of one reference as one: parts of an execution, what corrected it, a fee that was posted by itself."""
    lines = [line for entry in entries for line in entry["lines"]]
    units = _units(lines)
    return Booked(
        kinds=frozenset(entry["kind"] for entry in entries),
        listing_ids=frozenset(listing_id for listing_id, _ in units),
        quantity=sum((quantity for _, quantity in units), ZERO),
        cash=_cash(lines),
    )


def _units(lines: Sequence[dict[str, Any]]) -> list[tuple[UUID, Decimal]]:
    moved = ((each["listing_id"], Decimal(each["quantity"])) for each in lines)
    return [(UUID(listing_id), quantity) for listing_id, quantity in moved if quantity]


def _cash(lines: Sequence[dict[str, Any]]) -> Decimal:
    return sum((Decimal(each["amount"]) for each in lines if each["account"].startswith(CASH)), ZERO)
