"""What live portfolios watch, out of several read models, beside the newest prices and rates."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg import Connection

from domain.fx import Pair, Rate
from domain.watching.seen import Told, Watched
from projections.connections import Connections
from projections.constituents import WATCHED

LISTINGS = f"""
    select w.portfolio_id, f.frozen_because is not null as frozen, f.currency as base, w.listing_id, l.symbol,
        l.exchange, l.currency, p.as_of as newest, exists (
            select from constituents c where c.portfolio_id = w.portfolio_id and c.listing_id = w.listing_id
            and c.monitored) as monitored
    from ({WATCHED}) as w join portfolios f using (portfolio_id) join listings l using (listing_id)
    left join latest_prices p on p.feed = 'live' and p.listing_id = w.listing_id
    where f.clock = 'live' order by w.portfolio_id, w.listing_id"""

TOLD = """
    select distinct on (portfolio_id, listing_id, rule) portfolio_id, listing_id, rule, opened_at,
        resolved_at is null as is_open
    from alerts left join alerts_resolved using (alert_id)
    where rule = any(%s) and portfolio_id is not null and listing_id is not null
    order by portfolio_id, listing_id, rule, alert_id desc"""

RATES = """
    select distinct on (base, quote) base, quote, as_of, rate, source from fx_rates
    where quarantined is null order by base, quote, as_of desc, source"""

NEWEST_OF = """
    select max(p.as_of) as newest from portfolio_members m join portfolios f using (portfolio_id)
    join positions using (portfolio_id)
    join latest_prices p on p.listing_id = positions.listing_id and p.feed = 'live'
    where m.member = %s and m.present and f.clock = 'live' and positions.status <> 'closed'"""


def newest_price_of(connection: Connection[dict[str, Any]], member: str) -> datetime | None:
    """When the newest price is from that a person's open positions have; None when there is none."""
    row = connection.execute(NEWEST_OF, (member,)).fetchone()
    return row["newest"] if row else None


class WatchedListings:
    """The application's WatchedListings."""

    def __init__(self, pool: Connections) -> None:
        self._pool = pool

    def listings(self) -> Sequence[Watched]:
        """See application.ports.WatchedListings."""
        with self._pool.connection() as connection:
            return [Watched(**row) for row in connection.execute(LISTINGS).fetchall()]

    def told(self, rules: Sequence[str]) -> Sequence[Told]:
        """See application.ports.WatchedListings."""
        with self._pool.connection() as connection:
            return [Told(**row) for row in connection.execute(TOLD, (list(rules),)).fetchall()]

    def rates(self) -> Sequence[Rate]:
        """See application.ports.WatchedListings."""
        with self._pool.connection() as connection:
            rows = connection.execute(RATES).fetchall()
        return [
            Rate(Pair(row["base"], row["quote"]), row["as_of"], row["rate"], row["source"]) for row in rows
        ]
