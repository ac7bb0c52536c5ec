"""Which dropped files were taken in, by their content, and who takes files in just now."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

from adapters.postgres.pool import Pool, alone
from application.ports import PricePoint
from domain.portfolio.state import LIVE_FEED

NEWEST = """
    select price.listing_id, price.as_of, price.last, price.bid, price.ask, price.is_close, price.source,
        price.open, price.high, price.low
    from unnest(%(listings)s::uuid[]) as wanted (listing_id) cross join lateral (
        select * from price_points p where p.feed = %(feed)s and p.listing_id = wanted.listing_id
            and p.source = %(source)s and p.quarantined is null
        order by p.as_of desc limit 1) as price"""


class PostgresTakenFiles:
    """The application's TakenFiles."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def alone(self) -> AbstractContextManager[bool]:
        """See application.ports.drop_folder.TakenFiles."""
        return alone(self._pool, "drop folder")

    def taken_at(self, sha256: str) -> datetime | None:
        """See application.ports.drop_folder.TakenFiles."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select taken_at from taken_files where sha256 = %s", (bytes.fromhex(sha256),)
            ).fetchone()
        return row["taken_at"] if row else None

    def remember(self, sha256: str, name: str, at: datetime, sentence: str) -> None:
        """See application.ports.drop_folder.TakenFiles."""
        with self._pool.connection() as connection:
            connection.execute(
                "insert into taken_files (sha256, name, taken_at, sentence) values (%s, %s, %s, %s)"
                " on conflict do nothing",
                (bytes.fromhex(sha256), name, at, sentence),
            )

    def newest(self, source: str, listing_ids: Sequence[UUID]) -> list[PricePoint]:
        """The newest good live price of each listing from a source, of those that have one."""
        values = {"feed": LIVE_FEED, "source": source, "listings": list(listing_ids)}
        with self._pool.connection() as connection:
            rows = connection.execute(NEWEST, values).fetchall()
        return [PricePoint(**row) for row in rows]
