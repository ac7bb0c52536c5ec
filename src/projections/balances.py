"""What the journal adds up to: holdings per listing and cash per account."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import Recorded
from domain.journal import HOLDING, PORTFOLIO_CASH, POSTING_EVENTS, entry_for
from domain.portfolio.units import Units
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table


class HoldingRow(NamedTuple):
    portfolio_id: UUID
    listing_id: UUID
    quantity: Decimal
    book_cost: Decimal


class CashRow(NamedTuple):
    portfolio_id: UUID
    account: str
    currency: str
    amount: Decimal


HOLDINGS = Table(
    name="holdings",
    columns={
        "portfolio_id": "uuid",
        "listing_id": "uuid",
        "quantity": "numeric not null",
        "book_cost": "numeric not null",
    },
    key=("portfolio_id", "listing_id"),
    mode="add",
)

CASH = Table(
    name="cash",
    columns={
        "portfolio_id": "uuid",
        "account": "text",
        "currency": "text",
        "amount": "numeric not null",
    },
    key=("portfolio_id", "account", "currency"),
    mode="add",
)


def holding_rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """What an event adds to holdings."""
    entry = entry_for(recorded.event, recorded.stream_id)
    for line in entry.lines if entry else ():
        if entry is not None and line.account == HOLDING and line.listing_id is not None:
            yield HOLDINGS, HoldingRow(entry.portfolio_id, line.listing_id, line.quantity, line.amount)


def cash_rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """What an event adds to accounts other than holdings."""
    entry = entry_for(recorded.event, recorded.stream_id)
    for line in entry.lines if entry else ():
        if entry is not None and line.account != HOLDING:
            yield CASH, CashRow(entry.portfolio_id, line.account, entry.currency, line.amount)


HOLDINGS_MODEL = ReadModel("holdings", "inline", (HOLDINGS,), POSTING_EVENTS, holding_rows)
CASH_MODEL = ReadModel("cash", "inline", (CASH,), POSTING_EVENTS, cash_rows)


def holdings_of(connection: Connection[dict[str, Any]], portfolio_id: UUID) -> list[dict[str, Any]]:
    """What a portfolio holds, with the latest good price of each listing."""
    return connection.execute(
        "select h.listing_id, l.symbol, h.quantity, h.book_cost, l.currency, l.quote_unit,"
        " f.currency as base_currency, coalesce(p.last, (p.bid + p.ask) / 2) as price"
        " from holdings h join listings l using (listing_id)"
        " join portfolios f using (portfolio_id)"
        " left join latest_prices p on p.listing_id = h.listing_id"
        "   and p.feed = feed_of(f.clock, f.portfolio_id)"
        " where h.portfolio_id = %s and h.quantity <> 0 order by l.symbol, h.listing_id",
        (portfolio_id,),
    ).fetchall()


def own_units(
    connection: Connection[dict[str, Any]], portfolio_id: UUID, listing_ids: Sequence[UUID] | None = None
) -> dict[UUID, Units]:
    """What a portfolio holds outside of its positions, of some listings or of all, at its book cost."""
    rows = connection.execute(
        "select h.listing_id, h.quantity - coalesce(p.shares, 0) as quantity,"
        " h.book_cost - coalesce(p.book_cost, 0) as book_cost from holdings h left join lateral ("
        "   select sum(shares) as shares, sum(book_cost) as book_cost from positions"
        "   where portfolio_id = h.portfolio_id and listing_id = h.listing_id) p on true"
        " where h.portfolio_id = %(portfolio)s"
        " and (%(listings)s::uuid[] is null or h.listing_id = any(%(listings)s))",
        {"portfolio": portfolio_id, "listings": None if listing_ids is None else list(listing_ids)},
    ).fetchall()
    return {row["listing_id"]: Units(row["quantity"], row["book_cost"]) for row in rows}


def below_zero(
    connection: Connection[dict[str, Any]], portfolio_id: UUID | None = None
) -> list[dict[str, Any]]:
    """The units that live portfolios, or one of them, have fewer of than none outside of their positions."""
    return connection.execute(
        "select h.portfolio_id, h.listing_id, l.symbol, h.quantity - coalesce(p.shares, 0) as units"
        " from holdings h join portfolios f using (portfolio_id) join listings l using (listing_id) left join ("
        "   select portfolio_id, listing_id, sum(shares) as shares from positions"
        "   where %(portfolio)s::uuid is null or portfolio_id = %(portfolio)s group by portfolio_id, listing_id"
        " ) p using (portfolio_id, listing_id)"
        " where f.clock = 'live' and (%(portfolio)s::uuid is null or h.portfolio_id = %(portfolio)s)"
        " and h.quantity < coalesce(p.shares, 0) order by h.portfolio_id, h.listing_id",
        {"portfolio": portfolio_id},
    ).fetchall()


def cash_of(connection: Connection[dict[str, Any]], portfolio_id: UUID) -> dict[str, Decimal]:
    """A portfolio's cash: free, in its positions, and receivable."""
    row = connection.execute(
        "select coalesce(sum(amount) filter (where account = %s), 0) as portfolio,"
        " coalesce(sum(amount) filter (where account like 'cash:position:%%'), 0) as positions,"
        " coalesce(sum(amount) filter (where account like 'receivable%%'), 0) as receivable"
        " from cash where portfolio_id = %s",
        (PORTFOLIO_CASH, portfolio_id),
    ).fetchone()
    return row or {}
