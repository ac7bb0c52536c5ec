"""What people have read of their notifications."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from adapters.postgres.pool import Pool


class PostgresReads:
    """Read marks, apart from the feed, which is rebuilt."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def mark(self, principal: str, notification_ids: Sequence[UUID], at: datetime) -> int:
        """Mark as read, and answer how many were not; what was read keeps the moment of its first reading."""
        with self._pool.connection() as connection:
            return connection.execute(
                "insert into notification_reads (principal, notification_id, read_at)"
                " select %s, unnest(%s::uuid[]), %s on conflict do nothing",
                (principal, list(notification_ids), at),
            ).rowcount
