"""Prices in PostgreSQL: stored once, judged against the newest good one, and decided upon once."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection

from adapters.postgres.event_log import PostgresEventLog
from adapters.postgres.pool import Pool
from application.ports import Batch, CursorMoves, PricePoint, UndecidedTicks
from domain.measures import Mark

STORE = """
    insert into price_points (
        feed, listing_id, as_of, source, is_close, last, bid, ask, open, high, low, quarantined)
    select %(feed)s, p.* from jsonb_to_recordset(%(points)s::jsonb) as p (
        listing_id uuid, as_of timestamptz, source text, is_close boolean,
        last numeric, bid numeric, ask numeric, open numeric, high numeric, low numeric, quarantined text)
    on conflict do nothing
    returning listing_id, as_of, source, is_close"""

LOCK_LATEST = """
    select * from latest_prices where feed = %(feed)s and listing_id = any(%(listings)s)
    order by listing_id for update"""

LOCK_FIRST_PRICES = """
    select pg_advisory_xact_lock(hashtextextended(%(feed)s || id, 0))
    from unnest(%(listings)s::uuid[]) with ordinality as missing (id, position) order by position"""

PUBLISH = """
    insert into latest_prices (feed, listing_id, as_of, source, is_close, last, bid, ask, open, high, low)
    select %(feed)s, p.* from jsonb_to_recordset(%(points)s::jsonb) as p (
        listing_id uuid, as_of timestamptz, source text, is_close boolean,
        last numeric, bid numeric, ask numeric, open numeric, high numeric, low numeric)
    on conflict (feed, listing_id) do update set
        as_of = excluded.as_of, source = excluded.source, is_close = excluded.is_close,
        last = excluded.last, bid = excluded.bid, ask = excluded.ask,
        open = excluded.open, high = excluded.high, low = excluded.low
    where (latest_prices.as_of, latest_prices.is_close) < (excluded.as_of, excluded.is_close)"""

BEFORE = """
    select wanted.number, good.* from unnest(%(listings)s::uuid[], %(moments)s::timestamptz[])
        with ordinality as wanted (listing_id, as_of, number)
    join lateral (
        select listing_id, as_of, source, is_close, last, bid, ask, open, high, low from price_points p
        where p.feed = %(feed)s and p.listing_id = wanted.listing_id and p.as_of < wanted.as_of
            and p.quarantined is null and coalesce(p.last, p.bid + p.ask) is not null
        order by p.as_of desc limit 1) as good on true"""

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
    select listing_id, as_of, source, is_close, last, bid, ask, open, high, low, cursor,
        (select coalesce(max(notification_id), 0) from stored_events) as log_number
    from (
        select listing_id, as_of, source, is_close, last, bid, ask, open, high, low, cursor from wanted
        union all
        select close.*, wanted.cursor from wanted cross join lateral (
            select p.listing_id, p.as_of, p.source, p.is_close, p.last, p.bid, p.ask, p.open, p.high, p.low
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


class PostgresPrices:
    """The application's Prices."""

    def __init__(self, pool: Pool, log: PostgresEventLog) -> None:
        self._pool = pool
        self._log = log

    @contextmanager
    def intake(self, feed: str, listing_ids: Sequence[UUID]) -> Iterator["PostgresIntake"]:
        """See application.ports.Prices."""
        parameters = {"feed": feed, "listings": list(listing_ids)}
        with self._pool.connection() as connection, connection.transaction():
            rows = connection.execute(LOCK_LATEST, parameters).fetchall()
            if len(rows) < len(set(listing_ids)):
                # A listing without any price has no row to lock yet; its first prices are judged in turn too.
                missing = sorted(set(listing_ids) - {row["listing_id"] for row in rows})
                connection.execute(LOCK_FIRST_PRICES, {"feed": feed, "listings": missing})
                rows = connection.execute(LOCK_LATEST, parameters).fetchall()
            yield PostgresIntake(
                connection, self._log, feed, {row["listing_id"]: _point(row) for row in rows}
            )

    def undecided_ticks(self, feed: str, listing_ids: Sequence[UUID], *, newest_only: bool) -> UndecidedTicks:
        """See application.ports.Prices."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                NEWEST if newest_only else EVERY,
                {"feed": feed, "listings": list(listing_ids), "limit": TICKS_AT_ONCE_MAX},
            ).fetchall()
        return UndecidedTicks(
            ticks=[_point(row) for row in rows],
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
        return _point(row) if row else None

    def newest_until(
        self, feed: str, listing_ids: Sequence[UUID], moment: datetime
    ) -> dict[UUID, PricePoint]:
        """See application.ports.Prices."""
        moments = [moment] * len(listing_ids)
        with self._pool.connection() as connection:
            rows = connection.execute(
                BEFORE, {"feed": feed, "listings": list(listing_ids), "moments": moments}
            ).fetchall()
        return {row["listing_id"]: _point(row) for row in rows}

    def last_before(self, feed: str, listing_id: UUID, moment: datetime) -> PricePoint | None:
        """See application.ports.Prices."""
        with self._pool.connection() as connection:
            row = connection.execute(
                BEFORE, {"feed": feed, "listings": [listing_id], "moments": [moment]}
            ).fetchone()
        return _point(row) if row else None

    def latest_of(self, feed: str, listing_ids: Sequence[UUID]) -> dict[UUID, PricePoint]:
        """See application.ports.Prices."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                "select * from latest_prices where feed = %s and listing_id = any(%s)",
                (feed, list(listing_ids)),
            ).fetchall()
        return {row["listing_id"]: _point(row) for row in rows}

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

    def store(
        self,
        good: Sequence[PricePoint],
        quarantined: Sequence[tuple[PricePoint, str]],
        newest: Sequence[PricePoint],
    ) -> set[PricePoint]:
        """See application.ports.Intake."""
        points = [*good, *(point for point, _ in quarantined)]
        rules = dict(quarantined)
        records = [_record(point) | {"quarantined": rules.get(point)} for point in points]
        stored = self._connection.execute(STORE, self._parameters(records)).fetchall()
        keys = {(row["listing_id"], row["as_of"], row["source"], row["is_close"]) for row in stored}
        first_of_each = {_key(point): point for point in reversed(points)}
        new = {point for key, point in first_of_each.items() if key in keys}
        published = sorted((point for point in newest if point in new), key=lambda point: point.listing_id)
        if published:
            records = [_record(point) for point in published]
            self._connection.execute(PUBLISH, self._parameters(records))
        return new

    def _parameters(self, records: Sequence[dict[str, Any]]) -> dict[str, str]:
        return {"feed": self._feed, "points": msgspec.json.encode(records).decode()}

    def before(self, points: Sequence[PricePoint]) -> dict[PricePoint, PricePoint]:
        """See application.ports.Intake."""
        if not points:
            return {}
        rows = self._connection.execute(
            BEFORE,
            {
                "feed": self._feed,
                "listings": [point.listing_id for point in points],
                "moments": [point.as_of for point in points],
            },
        ).fetchall()
        return {points[row["number"] - 1]: _point(row) for row in rows}

    def append(self, batch: Batch) -> int:
        """See application.ports.Intake."""
        return self._log.append_within(self._connection, batch)


def _key(point: PricePoint) -> tuple[UUID, datetime, str, bool]:
    return point.listing_id, point.as_of, point.source, point.is_close


def _record(point: PricePoint) -> dict[str, Any]:
    return {
        "listing_id": point.listing_id,
        "as_of": point.as_of,
        "source": point.source,
        "is_close": point.is_close,
        "last": point.last,
        "bid": point.bid,
        "ask": point.ask,
        "open": point.open,
        "high": point.high,
        "low": point.low,
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
        open=row["open"],
        high=row["high"],
        low=row["low"],
    )
