"""A portfolio's books as they stand at one moment: its journal, and what the balances beside it say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.fx import Rate
from domain.journal import Line
from domain.money import quote_scale
from domain.numbers import EXACT


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry of the journal."""

    id: UUID
    at: datetime
    kind: str
    reference: str | None
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Listed:
    """A listing that the journal is about, and its latest good price in whole units of its currency."""

    id: UUID
    symbol: str
    exchange: str
    currency: str
    title: str | None
    price: Decimal | None
    price_at: datetime | None


@dataclass(frozen=True, slots=True)
class AccountBook:
    """Everything that a ledger of a portfolio says. ``cash`` and ``units`` are the read models' own sums."""

    portfolio_id: UUID
    title: str
    currency: str
    entries: Sequence[Posted]
    listings: Mapping[UUID, Listed]
    rates: Sequence[Rate]
    cash: Mapping[str, Decimal]
    units: Mapping[UUID, Decimal]


LISTED = """
    select l.listing_id, l.symbol, l.exchange, l.currency, l.quote_unit, l.title, p.as_of,
        coalesce(p.last, (p.bid + p.ask) / 2) as price
    from holdings h join listings l using (listing_id) join portfolios f using (portfolio_id)
        left join latest_prices p on p.listing_id = h.listing_id and p.feed = feed_of(f.clock, f.portfolio_id)
    where h.portfolio_id = %s order by l.symbol, l.listing_id"""


def account_book(
    connection: Connection[dict[str, Any]], portfolio_id: UUID, rates: Sequence[Rate] = ()
) -> AccountBook | None:
    """A portfolio's books, all of one moment; None when there is no such portfolio."""
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read read only")
        portfolio = connection.execute(
            "select title, currency from portfolios where portfolio_id = %s", (portfolio_id,)
        ).fetchone()
        if portfolio is None:
            return None
        journal = connection.execute(
            "select id, at, kind, reference, lines from journal where portfolio_id = %s order by event_number",
            (portfolio_id,),
        ).fetchall()
        listed = connection.execute(LISTED, (portfolio_id,)).fetchall()
        cash = connection.execute(
            "select account, amount from cash where portfolio_id = %s order by account", (portfolio_id,)
        ).fetchall()
        units = connection.execute(
            "select listing_id, quantity from holdings where portfolio_id = %s", (portfolio_id,)
        ).fetchall()
    return AccountBook(
        portfolio_id=portfolio_id,
        title=portfolio["title"],
        currency=portfolio["currency"],
        entries=[_posted(row) for row in journal],
        listings={row["listing_id"]: _listed(row) for row in listed},
        rates=rates,
        cash={row["account"]: row["amount"] for row in cash},
        units={row["listing_id"]: row["quantity"] for row in units},
    )


def _posted(row: dict[str, Any]) -> Posted:
    return Posted(row["id"], row["at"], row["kind"], row["reference"], [_line(each) for each in row["lines"]])


def _line(line: dict[str, Any]) -> Line:
    listing_id = line["listing_id"]
    return Line(
        account=line["account"],
        amount=Decimal(line["amount"]),
        listing_id=UUID(listing_id) if listing_id else None,
        quantity=Decimal(line["quantity"]),
    )


def _listed(row: dict[str, Any]) -> Listed:
    price, scale = row["price"], quote_scale(row["currency"], row["quote_unit"])
    return Listed(
        id=row["listing_id"],
        symbol=row["symbol"],
        exchange=row["exchange"],
        currency=row["currency"],
        title=row["title"],
        price=None if price is None else EXACT.multiply(price, scale),
        price_at=row["as_of"],
    )
