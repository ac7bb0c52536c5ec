"""Runs on PostgreSQL, beside the log: who carries one out just now, and what it was worked out from."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from uuid import UUID

import psycopg

from adapters.postgres.pool import Pool

# Nobody waits for the disk: the append that names it, later in the same log, takes it there as well.
KEEP = """
    with unhurried as (select set_config('synchronous_commit', 'off', true))
    insert into run_inputs as kept (hash, content, stored_at) select %s, %s, %s from unhurried
    on conflict (hash) do update set stored_at = greatest(kept.stored_at, excluded.stored_at)"""


class PostgresRunLocks:
    """The application's RunLocks: advisory locks, which a session loses when its process dies."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @contextmanager
    def hold(self, run_id: UUID) -> Iterator[bool]:
        """See application.ports.RunLocks."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select pg_try_advisory_lock(lock_of_run(%s)) as held", (run_id,)
            ).fetchone()
            held = bool(row and row["held"])
            try:
                yield held
            finally:
                if held:
                    # A connection that broke in the meantime has given up its locks by that.
                    with suppress(psycopg.OperationalError):
                        connection.execute("select pg_advisory_unlock(lock_of_run(%s))", (run_id,))


class PostgresRunInputs:
    """The application's RunInputs."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def keep(self, snapshot_hash: str, content: str, at: datetime) -> None:
        """See application.ports.RunInputs."""
        with self._pool.connection() as connection:
            connection.execute(KEEP, (snapshot_hash, content, at))

    def content(self, snapshot_hash: str) -> str | None:
        """An input by its hash; None when it is not kept any more."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select content from run_inputs where hash = %s", (snapshot_hash,)
            ).fetchone()
        return row["content"] if row else None
