"""Portfolios' pasts, as their value is reckoned from them: the journal in short."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.journal import CONTRIBUTIONS, HOLDING, RECEIVABLE
from domain.money import ZERO, quote_scale
from domain.valuation import Booked, Movement, Quoted, UnitsMoved
from projections.connections import Connections

# A row for each listing that anything was ever booked about, one without a listing where there is none.
BOOKED = f"""
    with booked as (
        select p.currency, feed_of(p.clock, p.portfolio_id) as feed, min(j.at) as earliest,
            coalesce(max(j.event_number), %(after)s) as newest,
            array_agg(distinct line.listing_id) filter (where line.listing_id is not null) as listing_ids
        from portfolios p
        left join journal j on j.portfolio_id = p.portfolio_id and j.event_number > %(after)s
        left join lateral jsonb_to_recordset(j.lines) as line (account text, listing_id uuid)
            on line.account = '{HOLDING}'
        where p.portfolio_id = %(portfolio)s group by p.portfolio_id, p.currency, p.clock)
    select booked.*, l.listing_id, l.currency as quoted_in, l.quote_unit
    from booked left join listings l on l.listing_id = any(%(known)s::uuid[] || booked.listing_ids)"""

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


class Pasts:
    """The application's Pasts."""

    def __init__(self, pool: Connections) -> None:
        self._pool = pool

    def booked(self, portfolio_id: UUID, after: int, listing_ids: Collection[UUID]) -> Booked | None:
        """See application.ports.valuation.Pasts."""
        parameters = {"portfolio": portfolio_id, "after": after, "known": [*listing_ids]}
        with self._pool.connection() as connection:
            rows = connection.execute(BOOKED, parameters).fetchall()
        if not rows:
            return None
        return Booked(
            currency=rows[0]["currency"],
            feed=rows[0]["feed"],
            earliest=rows[0]["earliest"],
            newest=rows[0]["newest"],
            listings={
                row["listing_id"]: Quoted(row["quoted_in"], quote_scale(row["quoted_in"], row["quote_unit"]))
                for row in rows
                if row["listing_id"] is not None
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
