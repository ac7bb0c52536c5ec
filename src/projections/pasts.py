"""Portfolios' pasts, as their value is reckoned from them: the journal in short."""

from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg_pool import ConnectionPool

from domain.journal import CONTRIBUTIONS, HOLDING, RECEIVABLE
from domain.money import ZERO, quote_scale
from domain.valuation import Movement, Past, Quoted, UnitsMoved

PORTFOLIO = "select currency, feed_of(clock, portfolio_id) as feed from portfolios where portfolio_id = %s"

MOVEMENTS = f"""
    select j.at,
        sum(amount) filter (where account like 'cash:%%' or account = '{RECEIVABLE}') as cash,
        -sum(amount) filter (where account = '{CONTRIBUTIONS}') as capital,
        array_agg(listing_id) filter (where account = '{HOLDING}') as listing_ids,
        array_agg(quantity) filter (where account = '{HOLDING}') as quantities,
        array_agg(amount) filter (where account = '{HOLDING}') as costs
    from journal j cross join lateral jsonb_to_recordset(j.lines) as line (
        account text, listing_id uuid, quantity numeric, amount numeric)
    where j.portfolio_id = %s group by j.event_number order by j.at, j.event_number"""

LISTINGS = "select listing_id, currency, quote_unit from listings where listing_id = any(%s)"


class Pasts:
    """The application's Pasts."""

    def __init__(self, pool: ConnectionPool[Connection[dict[str, Any]]]) -> None:
        self._pool = pool

    def of(self, portfolio_id: UUID) -> Past | None:
        """See application.ports.valuation.Pasts."""
        with self._pool.connection() as connection:
            portfolio = connection.execute(PORTFOLIO, (portfolio_id,)).fetchone()
            if portfolio is None:
                return None
            movements = [_movement(row) for row in connection.execute(MOVEMENTS, (portfolio_id,))]
            known = {unit.listing_id for each in movements for unit in each.units}
            listings = connection.execute(LISTINGS, ([*known],)).fetchall()
        return Past(
            currency=portfolio["currency"],
            feed=portfolio["feed"],
            movements=movements,
            listings={
                row["listing_id"]: Quoted(row["currency"], quote_scale(row["currency"], row["quote_unit"]))
                for row in listings
            },
        )


def _movement(row: dict[str, Any]) -> Movement:
    units = zip(row["listing_ids"] or (), row["quantities"] or (), row["costs"] or (), strict=True)
    return Movement(
        at=row["at"],
        cash=row["cash"] or ZERO,
        capital=row["capital"] or ZERO,
        units=tuple(UnitsMoved(*each) for each in units),
    )
