"""Prices in PostgreSQL: stored once, judged against the newest good one, and decided upon once."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from adapters.postgres.event_log import PostgresEventLog
from adapters.postgres.pool import Pool
from application.ports import Batch, PricePoint

STORE = """
    insert into price_points (feed, listing_id, as_of, source, is_close, last, bid, ask, quarantined)
    select %(feed)s, p.* from unnest(
        %(listings)s::uuid[], %(moments)s::timestamptz[], %(sources)s::text[], %(closes)s::boolean[],
        %(lasts)s::numeric[], %(bids)s::numeric[], %(asks)s::numeric[], %(rules)s::text[]) as p
    on conflict do nothing"""

PUBLISH = """
    insert into latest_prices (feed, listing_id, as_of, source, is_close, last, bid, ask)
    select %(feed)s, p.* from unnest(
        %(listings)s::uuid[], %(moments)s::timestamptz[], %(sources)s::text[], %(closes)s::boolean[],
        %(lasts)s::numeric[], %(bids)s::numeric[], %(asks)s::numeric[]) as p
    on conflict (feed, listing_id) do update set
        as_of = excluded.as_of, source = excluded.source, is_close = excluded.is_close,
        last = excluded.last, bid = excluded.bid, ask = excluded.ask
    where latest_prices.as_of < excluded.as_of"""

LOCK_CURSORS = """
    with missing as (
        insert into tick_cursors (feed, listing_id, as_of)
        select %(feed)s, id, '-infinity' from unnest(%(listings)s::uuid[]) id
        on conflict do nothing)
    select listing_id, nullif(as_of, '-infinity') as as_of from tick_cursors
    where feed = %(feed)s and listing_id = any(%(listings)s) order by listing_id for update"""

NEWEST = """
    select l.listing_id, l.as_of, l.source, l.is_close, l.last, l.bid, l.ask
    from latest_prices l join tick_cursors c using (feed, listing_id)
    where l.feed = %(feed)s and l.listing_id = any(%(listings)s) and l.as_of > c.as_of
    order by l.as_of, l.listing_id"""

EVERY = """
    select p.listing_id, p.as_of, p.source, p.is_close, p.last, p.bid, p.ask
    from price_points p join tick_cursors c using (feed, listing_id)
    where p.feed = %(feed)s and p.listing_id = any(%(listings)s) and p.as_of > c.as_of
        and p.quarantined is null
    order by p.as_of, p.listing_id limit %(limit)s"""

ADVANCE = """
    update tick_cursors set as_of = moved.as_of
    from unnest(%s::uuid[], %s::timestamptz[]) as moved (listing_id, as_of)
    where feed = %s and tick_cursors.listing_id = moved.listing_id"""

TICKS_A_DRAIN_MAX = 2_000


class PostgresPrices:
    """The application's Prices."""

    def __init__(self, pool: Pool, log: PostgresEventLog) -> None:
        self._pool = pool
        self._log = log

    @contextmanager
    def intake(self, feed: str, listing_ids: Sequence[UUID]) -> Iterator["PostgresIntake"]:
        """See application.ports.Prices."""
        with self._pool.connection() as connection, connection.transaction():
            rows = connection.execute(
                "select * from latest_prices where feed = %s and listing_id = any(%s) order by listing_id for update",
                (feed, list(listing_ids)),
            ).fetchall()
            yield PostgresIntake(
                connection, self._log, feed, {row["listing_id"]: _point(row) for row in rows}
            )

    @contextmanager
    def drain(
        self, feed: str, listing_ids: Sequence[UUID], *, newest_only: bool
    ) -> Iterator["PostgresDrain"]:
        """See application.ports.Prices."""
        parameters = {"feed": feed, "listings": list(listing_ids), "limit": TICKS_A_DRAIN_MAX}
        with self._pool.connection() as connection, connection.transaction():
            locked = connection.execute(LOCK_CURSORS, parameters).fetchall()
            if len(locked) < len(set(listing_ids)):
                # The rows this statement made itself are not in its own snapshot.
                locked = connection.execute(LOCK_CURSORS, parameters).fetchall()
            ticks = connection.execute(NEWEST if newest_only else EVERY, parameters).fetchall()
            cursors = {row["listing_id"]: row["as_of"] for row in locked if row["as_of"] is not None}
            yield PostgresDrain(connection, self._log, feed, [_point(row) for row in ticks], cursors)

    def latest(self, feed: str, listing_id: UUID) -> PricePoint | None:
        """See application.ports.Prices."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select * from latest_prices where feed = %s and listing_id = %s", (feed, listing_id)
            ).fetchone()
        return _point(row) if row else None

    def cursor(self, feed: str, listing_id: UUID) -> datetime | None:
        """See application.ports.Prices."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select nullif(as_of, '-infinity') as as_of from tick_cursors where feed = %s and listing_id = %s",
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

    def page(self, feed: str, listing_id: UUID, after: datetime | None, limit: int) -> list[dict[str, Any]]:
        """A listing's stored prices, oldest first, quarantined ones marked with the rule."""
        with self._pool.connection() as connection:
            return connection.execute(
                "select as_of, source, is_close, last, bid, ask, quarantined from price_points"
                " where feed = %s and listing_id = %s and as_of > %s order by as_of, source limit %s",
                (feed, listing_id, after or "-infinity", limit),
            ).fetchall()


class PostgresIntake:
    """The application's Intake, one open transaction."""

    def __init__(
        self,
        connection: Connection[dict[str, Any]],
        log: PostgresEventLog,
        feed: str,
        latest: Mapping[UUID, PricePoint],
    ) -> None:
        self._connection = connection
        self._log = log
        self._feed = feed
        self.latest = latest

    def store(self, good: Sequence[PricePoint], quarantined: Sequence[tuple[PricePoint, str]]) -> int:
        """See application.ports.Intake."""
        points = [*good, *(point for point, _ in quarantined)]
        rules: list[str | None] = [*(None for _ in good), *(rule for _, rule in quarantined)]
        new = self._connection.execute(STORE, _columns(self._feed, points) | {"rules": rules}).rowcount
        newest: dict[UUID, PricePoint] = {}
        for point in good:
            if point.listing_id not in newest or newest[point.listing_id].as_of < point.as_of:
                newest[point.listing_id] = point
        if newest:
            ordered = sorted(newest.values(), key=lambda point: point.listing_id)
            self._connection.execute(PUBLISH, _columns(self._feed, ordered))
        return new

    def append(self, batch: Batch) -> int:
        """See application.ports.Intake."""
        return self._log.append_within(self._connection, batch)


class PostgresDrain:
    """The application's Drain, one open transaction."""

    def __init__(
        self,
        connection: Connection[dict[str, Any]],
        log: PostgresEventLog,
        feed: str,
        ticks: Sequence[PricePoint],
        cursors: Mapping[UUID, datetime],
    ) -> None:
        self._connection = connection
        self._log = log
        self._feed = feed
        self.ticks = ticks
        self.cursors = cursors

    def append(self, batch: Batch) -> int:
        """See application.ports.Drain."""
        return self._log.append_within(self._connection, batch)

    def advance(self, cursors: Mapping[UUID, datetime]) -> None:
        """See application.ports.Drain."""
        if cursors:
            self._connection.execute(ADVANCE, (list(cursors), list(cursors.values()), self._feed))


def _columns(feed: str, points: Sequence[PricePoint]) -> dict[str, Any]:
    return {
        "feed": feed,
        "listings": [point.listing_id for point in points],
        "moments": [point.as_of for point in points],
        "sources": [point.source for point in points],
        "closes": [point.is_close for point in points],
        "lasts": [point.last for point in points],
        "bids": [point.bid for point in points],
        "asks": [point.ask for point in points],
    }


def _point(row: dict[str, Any]) -> PricePoint:
    return PricePoint(
        listing_id=row["listing_id"],
        as_of=row["as_of"],
        last=row["last"],
        bid=row["bid"],
        ask=row["ask"],
        is_close=row["is_close"],
        source=row["source"],
    )
