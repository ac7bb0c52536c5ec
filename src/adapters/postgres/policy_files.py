"""Which files of policies were tried, and who tries files just now."""

from contextlib import AbstractContextManager
from datetime import datetime

from adapters.postgres.pool import Pool, alone


class PostgresPolicyFiles:
    """The application's TriedFiles."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def alone(self) -> AbstractContextManager[bool]:
        """See application.ports.policy_folder.TriedFiles."""
        return alone(self._pool, "policy files")

    def sha256(self, name: str) -> str | None:
        """See application.ports.policy_folder.TriedFiles."""
        with self._pool.connection() as connection:
            row = connection.execute("select sha256 from policy_files where name = %s", (name,)).fetchone()
        return row["sha256"].hex() if row else None

    def remember(self, name: str, sha256: str, at: datetime) -> None:
        """See application.ports.policy_folder.TriedFiles."""
        with self._pool.connection() as connection:
            connection.execute(
                "insert into policy_files (name, sha256, tried_at) values (%s, %s, %s)"
                " on conflict (name) do update set sha256 = excluded.sha256, tried_at = excluded.tried_at",
                (name, bytes.fromhex(sha256), at),
            )
