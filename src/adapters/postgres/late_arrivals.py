"""Prices and rates that came after those of their day had been read, in PostgreSQL."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from adapters.postgres.fx_rates import LOCK as LOCK_RATES
from adapters.postgres.lateness import RATES, prices_of
from adapters.postgres.pool import Pool
from adapters.postgres.prices import lock_prices
from application.ports.valuation import Lateness

READ_ON = """
    insert into pasts_read (subject, read_until) select subject, %(until)s from unnest(%(subjects)s::text[]) as subject
    on conflict (subject) do update set read_until = greatest(pasts_read.read_until, excluded.read_until)"""

# How many of the subjects had been read so far before this, and what came late since.
LATE = """
    select late.*, (
        select count(*) from pasts_read where subject = any(%(subjects)s) and read_until >= %(until)s) as read
    from (
        select array_agg(subject) as subjects, array_agg(number) as numbers, min(earliest) as earliest from (
            select late.subject, max(late.number) as number,
                min(late.about) filter (where late.number > wanted.after) as earliest
            from unnest(%(subjects)s::text[], %(after)s::bigint[]) as wanted (subject, after)
            join late_arrivals late on late.subject = wanted.subject and late.number >= wanted.after
            group by late.subject) by_subject) late"""


class PostgresLateArrivals:
    """The application's LateArrivals."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def about(
        self,
        feed: str,
        listing_ids: Collection[UUID],
        read_until: datetime,
        known: Mapping[str, int],
        *,
        rates: bool,
    ) -> Lateness:
        """See application.ports.valuation.LateArrivals."""
        subjects = sorted([*(prices_of(feed, each) for each in listing_ids), *([RATES] if rates else [])])
        parameters = {
            "subjects": subjects,
            "until": read_until,
            "after": [known.get(each, 0) for each in subjects],
        }
        with self._pool.connection() as connection:
            late = connection.execute(LATE, parameters).fetchone()
            if late is None or late["read"] < len(subjects):
                # Whoever is storing prices now has not seen that they are read: wait, and let others wait.
                with connection.transaction():
                    lock_prices(connection, feed, listing_ids)
                    if rates:
                        connection.execute(LOCK_RATES)
                    connection.execute(READ_ON, parameters)
                late = connection.execute(LATE, parameters).fetchone()
        if late is None or late["subjects"] is None:
            return Lateness(numbers={}, earliest=None)
        return Lateness(dict(zip(late["subjects"], late["numbers"], strict=True)), late["earliest"])
