"""Portfolios' pasts, as their value is reckoned from them: the journal in short."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.journal import CONTRIBUTIONS, HOLDING, RECEIVABLE
from domain.money import ZERO, quote_scale
from domain.valuation import Booked, Movement, Quoted, UnitsMoved
from projections.connections import Connections

BOOKED = f"""
    select p.currency, feed_of(p.clock, p.portfolio_id) as feed, min(j.at) as earliest,
        coalesce(max(j.event_number), %(after)s) as newest,
        array_agg(distinct line.listing_id) filter (where line.listing_id is not null) as listing_ids
    from portfolios p
    left join journal j on j.portfolio_id = p.portfolio_id and j.event_number > %(after)s
    left join lateral jsonb_to_recordset(j.lines) as line (account text, listing_id uuid)
        on line.account = '{HOLDING}'
    where p.portfolio_id = %(portfolio)s group by p.portfolio_id, p.currency, p.clock"""

MOVEMENTS = f"""
    select j.at,
        sum(amount) filter (where account like 'cash:%%' or account = '{RECEIVABLE}') as cash,
        -sum(amount) filter (where account = '{CONTRIBUTIONS}') as capital,
        array_agg(listing_id) filter (where account = '{HOLDING}') as listing_ids,
        array_agg(quantity) filter (where account = '{HOLDING}') as quantities,
        array_agg(amount) filter (where account = '{HOLDING}') as costs
    from journal j cross join lateral jsonb_to_recordset(j.lines) as line (
        account text, listing_id uuid, quantity numeric, amount numeric)
    where j.portfolio_id = %(portfolio)s and j.at >= %(since)s group by j.event_number order by j.at, j.event_number"""

LISTINGS = "select listing_id, currency, quote_unit from listings where listing_id = any(%s)"


class Pasts:
    """The application's Pasts."""

    def __init__(self, pool: Connections) -> None:
        self._pool = pool

    def booked(self, portfolio_id: UUID, after: int, listing_ids: Collection[UUID]) -> Booked | None:
        """See application.ports.valuation.Pasts."""
        with self._pool.connection() as connection:
            row = connection.execute(BOOKED, {"portfolio": portfolio_id, "after": after}).fetchone()
            if row is None:
                return None
            about = {*listing_ids, *(row["listing_ids"] or ())}
            listings = connection.execute(LISTINGS, ([*about],)).fetchall() if about else []
        return Booked(
            currency=row["currency"],
            feed=row["feed"],
            earliest=row["earliest"],
            newest=row["newest"],
            listings={
                row["listing_id"]: Quoted(row["currency"], quote_scale(row["currency"], row["quote_unit"]))
                for row in listings
            },
        )

    def movements(self, portfolio_id: UUID, since: datetime | None) -> list[Movement]:
        """See application.ports.valuation.Pasts."""
        parameters = {"portfolio": portfolio_id, "since": since or "-infinity"}
        with self._pool.connection() as connection:
            return [_movement(row) for row in connection.execute(MOVEMENTS, parameters)]


def _movement(row: dict[str, Any]) -> Movement:
    units = zip(row["listing_ids"] or (), row["quantities"] or (), row["costs"] or (), strict=True)
    return Movement(
        at=row["at"],
        cash=row["cash"] or ZERO,
        capital=row["capital"] or ZERO,
        units=tuple(UnitsMoved(*each) for each in units),
    )
