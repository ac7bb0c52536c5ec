"""Prices in quarantine, as they wait for a person and as one has settled them.

They are no read model: what waits is marked beside the price itself, in the transaction that stores it.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection

from adapters.postgres.lateness import note_late, prices_of
from adapters.postgres.pool import Pool
from adapters.postgres.price_rows import key_record, point_in
from domain.quality.quarantine import Ruling, Waiting

WAITING = """
    select q.rule, p.* from quarantine q join price_points p using (feed, listing_id, as_of, source, is_close)
    where q.feed = %(feed)s and q.listing_id = any(%(listings)s) and q.outcome is null
    order by q.listing_id, q.as_of, q.is_close, q.source"""

SETTLE = """
    with meant as (
        select k.* from jsonb_to_recordset(%(points)s::jsonb) as k (
            listing_id uuid, as_of timestamptz, source text, is_close boolean)),
    settled as (
        update quarantine q set outcome = %(ruling)s, reason = %(reason)s, settled_at = clock_timestamp()
        from meant k
        where q.feed = %(feed)s and q.listing_id = k.listing_id and q.as_of = k.as_of and q.source = k.source
            and q.is_close = k.is_close and q.outcome is null
        returning q.feed, q.listing_id, q.as_of, q.source, q.is_close, q.outcome),
    released as (
        update price_points p set quarantined = null from settled s
        where s.outcome = 'released' and p.feed = s.feed and p.listing_id = s.listing_id and p.as_of = s.as_of
            and p.source = s.source and p.is_close = s.is_close
        returning p.listing_id, p.as_of)
    select listing_id, as_of from released"""


class PostgresQuarantine:
    """The application's Quarantine."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def waiting(self, feed: str, listing_id: UUID) -> list[Waiting]:
        """See application.ports.Quarantine."""
        with self._pool.connection() as connection:
            return waiting_in(connection, feed, [listing_id])


def waiting_in(
    connection: Connection[dict[str, Any]], feed: str, listing_ids: Sequence[UUID]
) -> list[Waiting]:
    """The waiting prices of some listings, each listing's in the order of their moments."""
    rows = connection.execute(WAITING, {"feed": feed, "listings": list(listing_ids)}).fetchall()
    return [Waiting(point_in(row), row["rule"]) for row in rows]


def settle_in(
    connection: Connection[dict[str, Any]],
    feed: str,
    settled: Sequence[Waiting],
    ruling: Ruling,
    reason: str,
) -> None:
    """Mark prices as settled; those that are released lose the mark of the rule that stopped them."""
    points = msgspec.json.encode([key_record(each.point) for each in settled]).decode()
    released = connection.execute(
        SETTLE, {"feed": feed, "points": points, "ruling": ruling, "reason": reason}
    ).fetchall()
    note_late(connection, ((prices_of(feed, each["listing_id"]), each["as_of"]) for each in released))
