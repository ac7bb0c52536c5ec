"""What the chart of a position is drawn from: thinned prices, what moved its band, fills and skips with their words."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.position.band_history import Moved

# The newest price of each stretch, found by its index: quick however many prices there are. A stretch without a price
# answers nothing, so that gaps stay gaps.
PRICES = """
    select tick.as_of, tick.price
    from generate_series(%(begin)s::timestamptz, %(until)s::timestamptz, %(step)s::interval) as stretch
    cross join lateral (
        select p.as_of, coalesce(p.last, (p.bid + p.ask) / 2) as price from price_points p
        where p.feed = %(feed)s and p.listing_id = %(listing)s and p.as_of >= stretch
            and p.as_of < stretch + %(step)s::interval and p.as_of <= %(until)s and p.quarantined is null
            and coalesce(p.last, p.bid + p.ask) is not null
        order by p.as_of desc, p.source limit 1) as tick
    order by tick.as_of"""

MOVED = """
    select event_number, at, coalesce(data->>'new_anchor', data->>'anchor')::numeric as anchor,
        (data->'settings'->>'tau')::numeric as tau, position_id is null as portfolios
    from timeline
    where (position_id = %(position)s and type in ('position.opened', 'position.settings_changed',
            'position.anchor_moved', 'position.split_applied', 'position.merger_applied'))
        or (portfolio_id = %(portfolio)s and type in ('portfolio.opened', 'portfolio.settings_changed'))
    order by event_number"""

MARKS = """
    select event_number as number, type, at, message, data->>'executed_at' as executed_at,
        coalesce(data->>'side', data->'outputs'->>'side') as side,
        coalesce(data->>'price', data->'outputs'->>'price')::numeric as price,
        coalesce(data->>'quantity', data->'outputs'->>'quantity')::numeric as quantity
    from timeline where position_id = %(position)s and at >= %(begin)s
        and type in ('position.execution_booked', 'position.external_fill_adopted', 'position.skipped')
    order by event_number desc limit %(limit)s"""


def prices(
    connection: Connection[dict[str, Any]],
    feed: str,
    listing_id: UUID,
    begin: datetime,
    until: datetime,
    step: timedelta,
) -> list[dict[str, Any]]:
    """The last good price of each stretch between two moments, oldest first; at most one for each ``step``."""
    parameters = {"feed": feed, "listing": listing_id, "begin": begin, "until": until, "step": step}
    return connection.execute(PRICES, parameters).fetchall()


def moved(connection: Connection[dict[str, Any]], portfolio_id: UUID, position_id: UUID) -> Sequence[Moved]:
    """What moved the band of a position, oldest first."""
    found = connection.execute(MOVED, {"portfolio": portfolio_id, "position": position_id}).fetchall()
    return [_moved(row["at"], row["anchor"], row["tau"], portfolios=row["portfolios"]) for row in found]


def marks(
    connection: Connection[dict[str, Any]], position_id: UUID, begin: datetime, limit: int
) -> list[dict[str, Any]]:
    """The newest fills and skips since a moment, oldest first."""
    found = connection.execute(MARKS, {"position": position_id, "begin": begin, "limit": limit}).fetchall()
    return found[::-1]


def _moved(at: datetime, anchor: Decimal | None, tau: Decimal | None, *, portfolios: bool) -> Moved:
    if portfolios:
        return Moved(at, portfolio_tau=tau)
    return Moved(at, anchor=anchor, own_tau=tau)
