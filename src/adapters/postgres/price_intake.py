"""Prices on their way into PostgreSQL, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, LiteralString
from uuid import UUID

import msgspec
from psycopg import Connection, Cursor

from adapters.postgres.event_log import PostgresEventLog
from adapters.postgres.lateness import note_late, prices_of
from adapters.postgres.price_rows import (
    key_in,
    key_of,
    key_record,
    last_good_record,
    point_in,
    row_of,
)
from adapters.postgres.quarantine import settle_in, waiting_in
from application.ports import Batch, PricePoint
from domain.quality import Judged, LastGood, Stopped
from domain.quality.lane import NEVER
from domain.quality.quarantine import Ruling, Waiting

# By the key's index, whatever became of the price.
STORED_UNTIL = """
    select wanted.listing_id, newest.as_of from unnest(%(listings)s::uuid[]) as wanted (listing_id)
    cross join lateral (
        select p.as_of from price_points p where p.feed = %(feed)s and p.listing_id = wanted.listing_id
        order by p.as_of desc limit 1) as newest"""

SEEN_AGAIN = """
    update price_points p set last_seen = clock_timestamp()
    from jsonb_to_recordset(%(points)s::jsonb) as k (
        listing_id uuid, as_of timestamptz, source text, is_close boolean)
    where p.feed = %(feed)s and p.listing_id = k.listing_id and p.as_of = k.as_of and p.source = k.source
        and p.is_close = k.is_close
    returning p.listing_id, p.as_of, p.source, p.is_close"""

STORE = """
    copy price_points (feed, listing_id, as_of, source, is_close, last, bid, ask, open, high, low, quarantined)
    from stdin"""

QUARANTINE = """
    insert into quarantine (
        feed, listing_id, as_of, source, is_close, price, rule, observed, expected, last_good, last_good_at)
    select %(feed)s, p.* from jsonb_to_recordset(%(points)s::jsonb) as p (
        listing_id uuid, as_of timestamptz, source text, is_close boolean, price numeric,
        rule text, observed text, expected text, last_good numeric, last_good_at timestamptz)"""

PUBLISH = """
    insert into latest_prices (feed, listing_id, as_of, source, is_close, last, bid, ask, open, high, low,
        unchanged_since, day_until, day_before, day_before_at, sigma)
    select %(feed)s, p.* from jsonb_to_recordset(%(points)s::jsonb) as p (
        listing_id uuid, as_of timestamptz, source text, is_close boolean,
        last numeric, bid numeric, ask numeric, open numeric, high numeric, low numeric,
        unchanged_since timestamptz, day_until timestamptz, day_before numeric, day_before_at timestamptz,
        sigma numeric)
    on conflict (feed, listing_id) do update set
        as_of = excluded.as_of, source = excluded.source, is_close = excluded.is_close,
        last = excluded.last, bid = excluded.bid, ask = excluded.ask,
        open = excluded.open, high = excluded.high, low = excluded.low,
        unchanged_since = excluded.unchanged_since, day_until = excluded.day_until,
        day_before = excluded.day_before, day_before_at = excluded.day_before_at, sigma = excluded.sigma
    where (latest_prices.as_of, latest_prices.is_close) < (excluded.as_of, excluded.is_close)"""

BEFORE = """
    select wanted.number, good.* from unnest(%(listings)s::uuid[], %(moments)s::timestamptz[])
        with ordinality as wanted (listing_id, as_of, number)
    join lateral (
        select listing_id, as_of, source, is_close, last, bid, ask, open, high, low from price_points p
        where p.feed = %(feed)s and p.listing_id = wanted.listing_id and p.as_of < wanted.as_of
            and p.quarantined is null and coalesce(p.last, p.bid + p.ask) is not null
        order by p.as_of desc limit 1) as good on true"""

# An index look-up for each minute costs less than reading an hour of ticks.
HOUR_BEFORE = """
    select wanted.listing_id, jsonb_agg(jsonb_build_array(minute, tick.price::text) order by minute)::text as prices
    from unnest(%(listings)s::uuid[], %(moments)s::timestamptz[]) as wanted (listing_id, until)
    cross join generate_series(
        wanted.until - interval '61 minutes', wanted.until - interval '1 minute', interval '1 minute') as minute
    cross join lateral (
        select coalesce(p.last, (p.bid + p.ask) / 2) as price from price_points p
        where p.feed = %(feed)s and p.listing_id = wanted.listing_id
            and p.as_of >= minute and p.as_of < minute + interval '1 minute'
            and p.quarantined is null and not p.is_close and p.high is null and p.low is null
            and coalesce(p.last, p.bid + p.ask) is not null
        order by p.as_of desc limit 1) as tick
    group by wanted.listing_id"""

DROPPED = """
    select p.listing_id, p.as_of, coalesce(p.last, (p.bid + p.ask) / 2) as price
    from unnest(%(listings)s::uuid[], %(moments)s::timestamptz[]) as wanted (listing_id, since)
    cross join lateral (
        select * from price_points p
        where p.feed = %(feed)s and p.listing_id = wanted.listing_id and p.as_of > wanted.since
            and p.quarantined = 'outlier'
        order by p.as_of desc limit 1000) as p
    order by p.listing_id, p.as_of"""

_minutes = msgspec.json.Decoder(list[tuple[datetime, Decimal]])


class PostgresIntake:
    """The application's Intake, one open transaction."""

    def __init__(
        self,
        connection: Connection[dict[str, Any]],
        log: PostgresEventLog,
        feed: str,
        listing_ids: Sequence[UUID],
        latest: Mapping[UUID, LastGood],
    ) -> None:
        self._connection = connection
        self._log = log
        self._feed = feed
        self._listing_ids = listing_ids
        self.latest = latest

    def fresh(self, points: Sequence[PricePoint]) -> list[PricePoint]:
        """See application.ports.Intake."""
        first = {key_of(point): point for point in reversed(points)}
        known = self._stored_until()
        doubtful = [each for each in first.values() if each.as_of <= known.get(each.listing_id, NEVER)]
        if doubtful:
            for row in self._run(SEEN_AGAIN, [key_record(each) for each in doubtful]).fetchall():
                del first[key_in(row)]
        return [*reversed(first.values())]

    def store(self, judged: Judged, newest: Sequence[LastGood]) -> None:
        """See application.ports.Intake."""
        if judged.good or judged.stopped or judged.dropped:
            self._copy(judged)
        if judged.good:
            # The listings' locks have been had since before the look.
            came = ((prices_of(self._feed, each.listing_id), each.as_of) for each in judged.good)
            note_late(self._connection, came)
        if judged.stopped:
            self._run(QUARANTINE, [_quarantined(each) for each in judged.stopped])
        self.publish(newest)

    def publish(self, newest: Sequence[LastGood]) -> None:
        """See application.ports.Intake."""
        if newest:
            ordered = sorted(newest, key=lambda each: each.point.listing_id)
            self._run(PUBLISH, [last_good_record(each) for each in ordered])

    def waiting(self) -> list[Waiting]:
        """See application.ports.Intake."""
        return waiting_in(self._connection, self._feed, self._listing_ids)

    def settle(self, settled: Sequence[Waiting], ruling: Ruling, reason: str) -> None:
        """See application.ports.Intake."""
        settle_in(self._connection, self._feed, settled, ruling, reason)

    def before(self, points: Sequence[PricePoint]) -> dict[PricePoint, PricePoint]:
        """See application.ports.Intake."""
        if not points:
            return {}
        parameters = {
            "feed": self._feed,
            "listings": [point.listing_id for point in points],
            "moments": [point.as_of for point in points],
        }
        rows = self._connection.execute(BEFORE, parameters).fetchall()
        return {points[row["number"] - 1]: point_in(row) for row in rows}

    def hour_before(self, minutes: Mapping[UUID, datetime]) -> dict[UUID, Sequence[tuple[datetime, Decimal]]]:
        """See application.ports.Intake."""
        rows = self._of(minutes, HOUR_BEFORE)
        return {
            row["listing_id"]: [(at.astimezone(UTC), price) for at, price in _minutes.decode(row["prices"])]
            for row in rows
        }

    def dropped(self, since: Mapping[UUID, datetime]) -> dict[UUID, Sequence[tuple[datetime, Decimal]]]:
        """See application.ports.Intake."""
        found: dict[UUID, list[tuple[datetime, Decimal]]] = {}
        for row in self._of(since, DROPPED):
            found.setdefault(row["listing_id"], []).append((row["as_of"], row["price"]))
        return {**found}

    def append(self, batch: Batch) -> int:
        """See application.ports.Intake."""
        return self._log.append_within(self._connection, batch)

    def _copy(self, judged: Judged) -> None:
        with self._connection.cursor() as cursor, cursor.copy(STORE) as rows:
            for point in judged.good:
                rows.write_row((self._feed, *row_of(point), None))
            for stopped in judged.stopped:
                rows.write_row((self._feed, *row_of(stopped.point), stopped.finding.rule))
            for point, finding in judged.dropped:
                rows.write_row((self._feed, *row_of(point), finding.rule))

    def _stored_until(self) -> dict[UUID, datetime]:
        """The newest moment of which each listing has a price: what is later cannot be stored yet."""
        parameters = {"feed": self._feed, "listings": list(self._listing_ids)}
        rows = self._connection.execute(STORED_UNTIL, parameters).fetchall()
        return {row["listing_id"]: row["as_of"] for row in rows}

    def _run(self, statement: LiteralString, records: Sequence[dict[str, Any]]) -> Cursor[dict[str, Any]]:
        points = msgspec.json.encode(records).decode()
        return self._connection.execute(statement, {"feed": self._feed, "points": points})

    def _of(self, wanted: Mapping[UUID, datetime], statement: LiteralString) -> list[dict[str, Any]]:
        if not wanted:
            return []
        listings, moments = [*wanted], [*wanted.values()]
        parameters = {"feed": self._feed, "listings": listings, "moments": moments}
        return self._connection.execute(statement, parameters).fetchall()


def _quarantined(stopped: Stopped) -> dict[str, Any]:
    finding, last = stopped.finding, stopped.last_good
    return key_record(stopped.point) | {
        "price": stopped.point.value,
        "rule": finding.rule,
        "observed": finding.observed,
        "expected": finding.expected,
        "last_good": last.value if last is not None else None,
        "last_good_at": last.as_of if last is not None else None,
    }
