"""Prices in PostgreSQL: stored once, judged against the newest good one, and decided upon once."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from psycopg import Connection

from adapters.postgres.event_log import PostgresEventLog
from adapters.postgres.pool import Pool
from adapters.postgres.price_intake import BEFORE, PostgresIntake
from adapters.postgres.price_rows import last_good_in, point_in
from application.ports import CursorMoves, PricePoint, UndecidedTicks
from domain.measures import Mark
from domain.quality import LastGood

LOCK_LATEST = """
    select * from latest_prices where feed = %(feed)s and listing_id = any(%(listings)s)
    order by listing_id for update"""

LOCK_FIRST_PRICES = """
    select pg_advisory_xact_lock(hashtextextended(%(feed)s || id, 0))
    from unnest(%(listings)s::uuid[]) with ordinality as missing (id, position) order by position"""

MARKS = """
    select as_of, listing_id, coalesce(last, (bid + ask) / 2) as price from price_points
    where feed = %(feed)s and listing_id = any(%(listings)s) and quarantined is null
        and coalesce(last, (bid + ask) / 2) is not null and as_of <= %(end)s and as_of >= coalesce((
            select max(before.as_of) from price_points before
            where before.feed = %(feed)s and before.listing_id = price_points.listing_id
                and before.quarantined is null and before.as_of <= %(start)s), '-infinity')
    order by as_of, listing_id, source"""

AT = """
    select wanted.listing_id, wanted.moment, good.as_of, coalesce(good.last, (good.bid + good.ask) / 2) as price
    from unnest(%(listings)s::uuid[], %(moments)s::timestamptz[]) as wanted (listing_id, moment)
    join lateral (
        (select as_of, last, bid, ask from price_points p
        where p.feed = %(feed)s and p.listing_id = wanted.listing_id and p.as_of <= wanted.moment
            and p.as_of <= %(until)s and p.quarantined is null and coalesce(p.last, p.bid + p.ask) is not null
        order by p.as_of desc, p.is_close desc limit 1)
        union all
        (select as_of, last, bid, ask from price_points p
        where p.feed = %(feed)s and p.listing_id = wanted.listing_id and p.as_of > wanted.moment
            and p.as_of <= %(until)s and p.quarantined is null and coalesce(p.last, p.bid + p.ask) is not null
        order by p.as_of, p.is_close desc limit 1)
        limit 1) as good on true"""

# A day that is over ends with its close, else with its last tick; the day of "until" has only closes as yet. Ticks are
# looked for in the index, a day at a time, and only of listings that have any: there may be thousands in a day.
DAILY = """
    with closes as (
        select distinct on (p.listing_id, day) p.listing_id, date_trunc('day', p.as_of, 'UTC') as day, p.as_of,
            coalesce(p.last, (p.bid + p.ask) / 2) as price
        from price_points p
        where p.feed = %(feed)s and p.listing_id = any(%(listings)s) and p.is_close and p.as_of >= %(start)s
            and p.as_of <= %(until)s and p.quarantined is null and coalesce(p.last, p.bid + p.ask) is not null
        order by p.listing_id, day, p.as_of desc, p.source),
    ticking as materialized (
        select listing_id from unnest(%(listings)s::uuid[]) as wanted (listing_id) where exists (
            select from price_points p where p.feed = %(feed)s and p.listing_id = wanted.listing_id
                and p.as_of >= %(start)s and p.as_of <= %(until)s and not p.is_close))
    select listing_id, as_of, price from closes
    union all
    select ticking.listing_id, tick.as_of, tick.price from ticking
    cross join generate_series(%(start)s::timestamptz, %(until)s - interval '1 day', interval '1 day') as day
    cross join lateral (
        select p.as_of, coalesce(p.last, (p.bid + p.ask) / 2) as price from price_points p
        where p.feed = %(feed)s and p.listing_id = ticking.listing_id and p.as_of >= day
            and p.as_of < day + interval '1 day' and p.quarantined is null
            and coalesce(p.last, p.bid + p.ask) is not null
        order by p.as_of desc, p.source limit 1) as tick
    where not exists (
        select from closes where closes.listing_id = ticking.listing_id and closes.day = day.day)
    order by as_of, listing_id"""

NEWEST_OF_KIND = """
    select wanted.listing_id, newest.as_of from unnest(%(listings)s::uuid[]) as wanted (listing_id)
    join lateral (
        select p.as_of from price_points p
        where p.feed = %(feed)s and p.listing_id = wanted.listing_id and p.as_of >= %(since)s
            and p.is_close = %(close)s and p.quarantined is null and coalesce(p.last, p.bid + p.ask) is not null
        order by p.as_of desc limit 1) as newest on true"""

NEWEST = """
    with wanted as (
        select l.*, c.as_of as cursor from latest_prices l left join tick_cursors c using (feed, listing_id)
        where l.feed = %(feed)s and l.listing_id = any(%(listings)s) and (c.as_of is null or l.as_of > c.as_of))
    select listing_id, as_of, source, is_close, last, bid, ask, open, high, low, unchanged_since, cursor,
        (select coalesce(max(notification_id), 0) from stored_events) as log_number
    from (
        select listing_id, as_of, source, is_close, last, bid, ask, open, high, low, unchanged_since, cursor
        from wanted
        union all
        select close.*, wanted.cursor from wanted cross join lateral (
            select p.listing_id, p.as_of, p.source, p.is_close, p.last, p.bid, p.ask, p.open, p.high, p.low,
                null::timestamptz
            from price_points p
            where p.feed = wanted.feed and p.listing_id = wanted.listing_id and p.as_of > wanted.cursor
                and p.as_of < wanted.as_of and p.is_close and p.quarantined is null
            order by p.as_of desc limit 1) as close
    ) as ticks order by as_of, listing_id"""

EVERY = """
    select p.listing_id, p.as_of, p.source, p.is_close, p.last, p.bid, p.ask, p.open, p.high, p.low,
        c.as_of as cursor, (select coalesce(max(notification_id), 0) from stored_events) as log_number
    from price_points p left join tick_cursors c using (feed, listing_id)
    where p.feed = %(feed)s and p.listing_id = any(%(listings)s) and p.as_of > coalesce(c.as_of, '-infinity')
        and p.quarantined is null
    order by p.as_of, p.listing_id limit %(limit)s"""

ADVANCE = """
    insert into tick_cursors as c (feed, listing_id, as_of)
    select %s, * from unnest(%s::uuid[], %s::timestamptz[])
    on conflict (feed, listing_id) do update set as_of = excluded.as_of where c.as_of < excluded.as_of"""

TICKS_AT_ONCE_MAX = 2_000


def lock_prices(
    connection: Connection[dict[str, Any]], feed: str, listing_ids: Collection[UUID]
) -> list[dict[str, Any]]:
    """Let nobody else take in prices of some listings before this transaction ends; answers their latest ones."""
    parameters = {"feed": feed, "listings": list(listing_ids)}
    rows = connection.execute(LOCK_LATEST, parameters).fetchall()
    if len(rows) == len(set(listing_ids)):
        return rows
    # A listing without any price has no row to lock yet; its first prices are judged in turn too.
    missing = sorted(set(listing_ids) - {row["listing_id"] for row in rows})
    connection.execute(LOCK_FIRST_PRICES, {"feed": feed, "listings": missing})
    return connection.execute(LOCK_LATEST, parameters).fetchall()


class PostgresPrices:
    """The application's Prices."""

    def __init__(self, pool: Pool, log: PostgresEventLog) -> None:
        self._pool = pool
        self._log = log

    @contextmanager
    def intake(self, feed: str, listing_ids: Sequence[UUID]) -> Iterator[PostgresIntake]:
        """See application.ports.Prices."""
        with self._pool.connection() as connection, connection.transaction():
            rows = lock_prices(connection, feed, listing_ids)
            latest = {row["listing_id"]: last_good_in(row) for row in rows}
            yield PostgresIntake(connection, self._log, feed, listing_ids, latest)

    def undecided_ticks(self, feed: str, listing_ids: Sequence[UUID], *, newest_only: bool) -> UndecidedTicks:
        """See application.ports.Prices."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                NEWEST if newest_only else EVERY,
                {"feed": feed, "listings": list(listing_ids), "limit": TICKS_AT_ONCE_MAX},
            ).fetchall()
        return UndecidedTicks(
            ticks=[point_in(row) for row in rows],
            cursors={row["listing_id"]: row["cursor"] for row in rows},
            log_number=rows[0]["log_number"] if rows else 0,
        )

    def advance(self, moves: CursorMoves) -> None:
        """See application.ports.Prices."""
        ordered = sorted(moves.moves)
        with self._pool.connection() as connection:
            connection.execute(ADVANCE, (moves.feed, ordered, [moves.moves[each][1] for each in ordered]))

    def latest(self, feed: str, listing_id: UUID) -> PricePoint | None:
        """See application.ports.Prices."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select * from latest_prices where feed = %s and listing_id = %s", (feed, listing_id)
            ).fetchone()
        return point_in(row) if row else None

    def last_good(self, feed: str, listing_id: UUID) -> LastGood | None:
        """See application.ports.Prices."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select * from latest_prices where feed = %s and listing_id = %s", (feed, listing_id)
            ).fetchone()
        return last_good_in(row) if row else None

    def newest_until(
        self, feed: str, listing_ids: Sequence[UUID], moment: datetime
    ) -> dict[UUID, PricePoint]:
        """See application.ports.Prices."""
        moments = [moment] * len(listing_ids)
        with self._pool.connection() as connection:
            rows = connection.execute(
                BEFORE, {"feed": feed, "listings": list(listing_ids), "moments": moments}
            ).fetchall()
        return {row["listing_id"]: point_in(row) for row in rows}

    def last_before(self, feed: str, listing_id: UUID, moment: datetime) -> PricePoint | None:
        """See application.ports.Prices."""
        with self._pool.connection() as connection:
            row = connection.execute(
                BEFORE, {"feed": feed, "listings": [listing_id], "moments": [moment]}
            ).fetchone()
        return point_in(row) if row else None

    def latest_of(self, feed: str, listing_ids: Sequence[UUID]) -> dict[UUID, PricePoint]:
        """See application.ports.Prices."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                "select * from latest_prices where feed = %s and listing_id = any(%s)",
                (feed, list(listing_ids)),
            ).fetchall()
        return {row["listing_id"]: point_in(row) for row in rows}

    def newest_of_kind(
        self, feed: str, listing_ids: Sequence[UUID], since: datetime, *, is_close: bool
    ) -> dict[UUID, datetime]:
        """See application.ports.Prices."""
        if not listing_ids:
            return {}
        parameters = {"feed": feed, "listings": list(listing_ids), "since": since, "close": is_close}
        with self._pool.connection() as connection:
            rows = connection.execute(NEWEST_OF_KIND, parameters).fetchall()
        return {row["listing_id"]: row["as_of"] for row in rows}

    def marks_at(
        self, feed: str, moments: Sequence[tuple[UUID, datetime]], until: datetime
    ) -> dict[tuple[UUID, datetime], Mark]:
        """See application.ports.Prices."""
        if not moments:
            return {}
        listing_ids, times = zip(*moments, strict=True)
        with self._pool.connection() as connection:
            rows = connection.execute(
                AT, {"feed": feed, "listings": list(listing_ids), "moments": list(times), "until": until}
            ).fetchall()
        return {
            (row["listing_id"], row["moment"]): Mark(row["as_of"], row["listing_id"], row["price"])
            for row in rows
        }

    def cursor(self, feed: str, listing_id: UUID) -> datetime | None:
        """See application.ports.Prices."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select as_of from tick_cursors where feed = %s and listing_id = %s",
                (feed, listing_id),
            ).fetchone()
        return row["as_of"] if row else None

    def undecided(self, feed: str) -> list[UUID]:
        """See application.ports.Prices."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                "select l.listing_id from latest_prices l left join tick_cursors c using (feed, listing_id)"
                " where l.feed = %s and (c.as_of is null or c.as_of < l.as_of)",
                (feed,),
            ).fetchall()
        return [row["listing_id"] for row in rows]

    def marks(self, feed: str, listing_ids: Sequence[UUID], start: datetime, end: datetime) -> list[Mark]:
        """Good prices of listings over a window, oldest first, and the last ones before it began."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                MARKS, {"feed": feed, "listings": list(listing_ids), "start": start, "end": end}
            ).fetchall()
        return [Mark(row["as_of"], row["listing_id"], row["price"]) for row in rows]

    def daily(self, feed: str, listing_ids: Sequence[UUID], first: date, until: datetime) -> list[Mark]:
        """See application.ports.Prices."""
        if not listing_ids:
            return []
        start = datetime.combine(first, time.min, UTC)
        parameters = {"feed": feed, "listings": list(listing_ids), "start": start, "until": until}
        with self._pool.connection() as connection:
            rows = connection.execute(DAILY, parameters).fetchall()
        return [Mark(row["as_of"], row["listing_id"], row["price"]) for row in rows]

    def page(
        self, feed: str, listing_id: UUID, after: tuple[datetime, bool, str] | None, limit: int
    ) -> list[dict[str, Any]]:
        """A listing's stored prices after (moment, close, source), quarantined ones marked with the rule."""
        moment, is_close, source = after or ("-infinity", False, "")
        with self._pool.connection() as connection:
            return connection.execute(
                "select as_of, source, is_close, last, bid, ask, open, high, low, quarantined from price_points"
                " where feed = %(feed)s and listing_id = %(listing)s and as_of >= %(moment)s"
                " and (as_of, is_close, source) > (%(moment)s, %(close)s, %(source)s)"
                " order by as_of, is_close, source limit %(limit)s",
                {
                    "feed": feed,
                    "listing": listing_id,
                    "moment": moment,
                    "close": is_close,
                    "source": source,
                    "limit": limit,
                },
            ).fetchall()
