"""A portfolio's books as its daily-loss brake reads them: one statement, so that all of it is of one moment."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.brake.books import Booked, Books, Held
from domain.journal import Line
from domain.money import quote_scale
from projections.connections import Connections

BOOKS = """
    select f.portfolio_id, f.currency,
        least((f.settings ->> 'max_daily_loss_pct')::numeric, (
            select min((p.settings ->> 'max_daily_loss_pct')::numeric) from positions p
            where p.portfolio_id = f.portfolio_id and p.status <> 'closed')) as limit_pct,
        (select coalesce(sum(c.amount), 0) from cash c where c.portfolio_id = f.portfolio_id
            and (c.account like 'cash:%%' or c.account like 'receivable%%')) as cash,
        (select jsonb_agg(jsonb_build_object('listing_id', l.listing_id, 'symbol', l.symbol,
                'exchange', l.exchange, 'quote_unit', l.quote_unit, 'units', h.quantity::text,
                'in_positions', (select coalesce(sum(p.shares), 0)::text from positions p
                    where p.portfolio_id = f.portfolio_id and p.listing_id = h.listing_id)) order by l.listing_id)
            from holdings h join listings l using (listing_id)
            where h.portfolio_id = f.portfolio_id and l.currency = f.currency) as held,
        lately.moments, lately.lines
    from portfolios f left join lateral (
        select array_agg(j.at order by j.event_number) as moments, array_agg(j.lines order by j.event_number) as lines
        from journal j where j.portfolio_id = f.portfolio_id and j.at >= %(since)s) as lately on true
    where f.portfolio_id = %(portfolio)s"""

WITH_A_LIMIT = """
    select portfolio_id from portfolios f where clock = 'live' and frozen_because is null and (
        settings ->> 'max_daily_loss_pct' is not null or exists (select from positions p
            where p.portfolio_id = f.portfolio_id and p.status <> 'closed'
            and p.settings ->> 'max_daily_loss_pct' is not null)) order by portfolio_id"""


class PortfolioBooks:
    """The application's PortfolioBooks. What is in another currency is left out: nothing here knows a rate."""

    def __init__(self, pool: Connections) -> None:
        self._pool = pool

    def of(self, portfolio_id: UUID, since: datetime) -> Books | None:
        """See application.ports.PortfolioBooks."""
        with self._pool.connection() as connection:
            row = connection.execute(BOOKS, {"portfolio": portfolio_id, "since": since}).fetchone()
        return _books(row) if row else None

    def with_a_limit(self) -> Sequence[UUID]:
        """See application.ports.PortfolioBooks."""
        with self._pool.connection() as connection:
            return [row["portfolio_id"] for row in connection.execute(WITH_A_LIMIT).fetchall()]


def _books(row: dict[str, Any]) -> Books:
    entries = zip(row["moments"] or (), row["lines"] or (), strict=True)
    return Books(
        portfolio_id=row["portfolio_id"],
        currency=row["currency"],
        limit_pct=row["limit_pct"],
        cash=row["cash"],
        held=[_held(each, row["currency"]) for each in row["held"] or ()],
        lately=[Booked(at, [_line(line) for line in lines]) for at, lines in entries],
    )


def _held(held: dict[str, Any], currency: str) -> Held:
    return Held(
        listing_id=UUID(held["listing_id"]),
        symbol=held["symbol"],
        exchange=held["exchange"],
        unit_scale=quote_scale(currency, held["quote_unit"]),
        units=Decimal(held["units"]),
        in_positions=Decimal(held["in_positions"]),
    )


def _line(line: dict[str, Any]) -> Line:
    listing_id = line["listing_id"]
    return Line(
        account=line["account"],
        amount=Decimal(line["amount"]),
        listing_id=UUID(listing_id) if listing_id else None,
        quantity=Decimal(line["quantity"]),
    )
