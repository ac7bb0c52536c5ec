"""What providers sent, packed, and which of them are left alone for a while, in PostgreSQL."""

import hashlib
import zlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from adapters.postgres.pool import Pool
from application.ports import PricePoint
from application.ports.market_data import Payload
from application.ports.provider_records import Rest
from domain.portfolio.state import LIVE_FEED

BODY_BYTES_MAX = 2_000_000
"""Of what is longer only the beginning is kept; the hash is of all of it."""

REST = """
    insert into provider_rests (portfolio_id, provider, until, failures, wanted_by_provider, reason)
    values (%(portfolio)s, %(provider)s, %(until)s, %(failures)s, %(wanted)s, %(reason)s)
    on conflict (portfolio_id, provider) do update set until = excluded.until, failures = excluded.failures,
        wanted_by_provider = excluded.wanted_by_provider, reason = excluded.reason"""

KEEP = """
    insert into provider_payloads as known
        (portfolio_id, provider, topic, sha256, listing_ids, body, problem, fetched_at, last_seen)
    values (%(portfolio)s, %(provider)s, %(topic)s, %(sha256)s, %(listings)s, %(body)s, %(problem)s, %(at)s, %(at)s)
    on conflict (portfolio_id, provider, topic, sha256) do update set
        last_seen = excluded.last_seen, problem = excluded.problem,
        listing_ids = array(select distinct unnest(known.listing_ids || excluded.listing_ids))"""

GOOD = """
    select wanted.number from unnest(
        %(listings)s::uuid[], %(moments)s::timestamptz[], %(sources)s::text[], %(closes)s::boolean[])
        with ordinality as wanted (listing_id, as_of, source, is_close, number)
    join price_points p using (listing_id, as_of, source, is_close)
    where p.feed = %(feed)s and p.quarantined is null"""

NEWEST_CLOSES = """
    select wanted.listing_id, close.as_of from unnest(%(listings)s::uuid[]) as wanted (listing_id)
    cross join lateral (
        select as_of from price_points p where p.feed = %(feed)s and p.listing_id = wanted.listing_id
            and p.is_close and p.quarantined is null
        order by as_of desc limit 1) as close"""


class PostgresProviderRecords:
    """The application's ProviderRecords."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def rests(self, portfolio_id: UUID) -> dict[str, Rest]:
        """See application.ports.provider_records.ProviderRecords."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                "select * from provider_rests where portfolio_id = %s", (portfolio_id,)
            ).fetchall()
        return {
            row["provider"]: Rest(row["until"], row["failures"], row["wanted_by_provider"], row["reason"])
            for row in rows
        }

    def rest(self, portfolio_id: UUID, provider: str, rest: Rest) -> None:
        """See application.ports.provider_records.ProviderRecords."""
        values = {
            "portfolio": portfolio_id,
            "provider": provider,
            "until": rest.until,
            "failures": rest.failures,
            "wanted": rest.wanted,
            "reason": rest.reason,
        }
        with self._pool.connection() as connection:
            connection.execute(REST, values)

    def forgive(self, portfolio_id: UUID, provider: str) -> None:
        """See application.ports.provider_records.ProviderRecords."""
        with self._pool.connection() as connection:
            connection.execute(
                "delete from provider_rests where portfolio_id = %s and provider = %s",
                (portfolio_id, provider),
            )

    def keep(
        self, portfolio_id: UUID, provider: str, payload: Payload, problem: str | None, at: datetime
    ) -> str:
        """See application.ports.provider_records.ProviderRecords."""
        sha256 = hashlib.sha256(payload.body)
        values = {
            "portfolio": portfolio_id,
            "provider": provider,
            "topic": payload.topic,
            "sha256": sha256.digest(),
            "listings": list(payload.listing_ids),
            "body": zlib.compress(payload.body[:BODY_BYTES_MAX]),
            "problem": problem,
            "at": at,
        }
        with self._pool.connection() as connection:
            connection.execute(KEEP, values)
        return sha256.hexdigest()

    def good(self, points: Sequence[PricePoint]) -> set[PricePoint]:
        """See application.ports.provider_records.ProviderRecords."""
        values = {
            "feed": LIVE_FEED,
            "listings": [point.listing_id for point in points],
            "moments": [point.as_of for point in points],
            "sources": [point.source for point in points],
            "closes": [point.is_close for point in points],
        }
        with self._pool.connection() as connection:
            return {points[row["number"] - 1] for row in connection.execute(GOOD, values).fetchall()}

    def newest_closes(self, listing_ids: Sequence[UUID]) -> dict[UUID, datetime]:
        """See application.ports.provider_records.ProviderRecords."""
        values = {"feed": LIVE_FEED, "listings": list(listing_ids)}
        with self._pool.connection() as connection:
            rows = connection.execute(NEWEST_CLOSES, values).fetchall()
        return {row["listing_id"]: row["as_of"] for row in rows}
