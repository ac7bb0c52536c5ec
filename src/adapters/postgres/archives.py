"""Policies and manifestos by the hash of their content."""

from adapters.postgres.pool import Pool


class PostgresArchives:
    """The application's Archives."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def keep(self, content_hash: str, text: str) -> None:
        """See application.ports.Archives."""
        with self._pool.connection() as connection:
            connection.execute(
                "insert into archives (content_hash, content) values (%s, %s) on conflict do nothing",
                (content_hash, text),
            )

    def text(self, content_hash: str) -> str | None:
        """See application.ports.Archives."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select content from archives where content_hash = %s", (content_hash,)
            ).fetchone()
        return row["content"] if row else None
