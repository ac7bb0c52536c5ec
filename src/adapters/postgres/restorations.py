"""The restorations of this database, in a table of their own."""

from datetime import datetime
from typing import Any

from psycopg import Connection

from adapters.postgres.pool import Pool
from application.ports.restorations import Restoration


class PostgresRestorations:
    """The application's Restorations."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def pending(self) -> Restoration | None:
        """See application.ports.restorations."""
        with self._pool.connection() as connection:
            return pending(connection)

    def verified(self, at: datetime) -> None:
        """See application.ports.restorations."""
        with self._pool.connection() as connection:
            connection.execute("update restorations set verified_at = %s where lifted_at is null", (at,))

    def lift(self, at: datetime) -> None:
        """See application.ports.restorations."""
        with self._pool.connection() as connection:
            connection.execute("update restorations set lifted_at = %s where lifted_at is null", (at,))


def pending(connection: Connection[dict[str, Any]]) -> Restoration | None:
    """The latest restoration that has not been lifted."""
    row = connection.execute(
        "select file, restored_at, verified_at from restorations where lifted_at is null"
        " order by restored_at desc limit 1"
    ).fetchone()
    return Restoration(**row) if row else None
