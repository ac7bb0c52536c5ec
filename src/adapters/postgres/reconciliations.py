"""When portfolios were compared with their brokers."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from adapters.postgres.pool import Pool

KEPT_A_PORTFOLIO = 1_000


class PostgresReconciliations:
    """The application's Reconciliations. The last thousand of each portfolio are kept."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def last_clean(self, portfolio_id: UUID) -> datetime | None:
        """When the last comparison began that found nothing amiss."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select max(began_at) as at from reconciliations where portfolio_id = %s and clean",
                (portfolio_id,),
            ).fetchone()
        return row["at"] if row else None

    def begin(self, portfolio_id: UUID, began_at: datetime) -> None:
        """Remember that a comparison has begun, so that no other is begun meanwhile."""
        with self._pool.connection() as connection:
            connection.execute(
                "insert into reconciliations (portfolio_id, began_at, clean, found)"
                " values (%s, %s, false, array['It has not ended.']) on conflict do nothing",
                (portfolio_id, began_at),
            )

    def remember(self, portfolio_id: UUID, began_at: datetime, *, clean: bool, found: Sequence[str]) -> None:
        """Remember a comparison and what it found."""
        with self._pool.connection() as connection:
            connection.execute(
                "insert into reconciliations (portfolio_id, began_at, clean, found) values (%s, %s, %s, %s)"
                " on conflict (portfolio_id, began_at) do update set clean = excluded.clean, found = excluded.found,"
                " ended_at = excluded.ended_at",
                (portfolio_id, began_at, clean, list(found)),
            )
            connection.execute(
                "delete from reconciliations where portfolio_id = %(portfolio)s and began_at < ("
                "   select began_at from reconciliations where portfolio_id = %(portfolio)s"
                "   order by began_at desc offset %(kept)s limit 1)",
                {"portfolio": portfolio_id, "kept": KEPT_A_PORTFOLIO},
            )

    def latest_clean(self) -> dict[UUID, datetime]:
        """When each portfolio's last clean comparison began."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                "select portfolio_id, max(began_at) as at from reconciliations where clean group by portfolio_id"
            ).fetchall()
        return {row["portfolio_id"]: row["at"] for row in rows}

    def latest(self) -> dict[UUID, tuple[datetime, bool]]:
        """Each portfolio's latest comparison: when it began, and whether it was clean."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                "select distinct on (portfolio_id) portfolio_id, began_at, clean from reconciliations"
                " order by portfolio_id, began_at desc"
            ).fetchall()
        return {row["portfolio_id"]: (row["began_at"], row["clean"]) for row in rows}
