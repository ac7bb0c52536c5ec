"""Callbacks that were taken, by their webhook ids, so that a replay does nothing."""

from adapters.postgres.pool import Pool


class PostgresCallbacks:
    """The application's Callbacks."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def has(self, webhook_id: str) -> bool:
        """Whether a callback of this id was taken before."""
        with self._pool.connection() as connection:
            found = connection.execute("select from callbacks where webhook_id = %s", (webhook_id,))
            return found.fetchone() is not None

    def keep(self, webhook_id: str, body: str, problem: str | None) -> None:
        """Remember a callback, and what kept it from being booked; the first to say so is believed."""
        with self._pool.connection() as connection:
            connection.execute(
                "insert into callbacks (webhook_id, body, problem) values (%s, %s, %s)"
                " on conflict do nothing",
                (webhook_id, body, problem),
            )
