"""How far exports have come, for whoever waits for one."""

from uuid import UUID

from adapters.postgres.pool import Pool


class PostgresExportProgress:
    """The application's Progress."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def tell(self, run_id: UUID, rows_done: int, rows_in_all: int) -> None:
        """See application.ports.exports.Progress."""
        with self._pool.connection() as connection:
            connection.execute(
                "insert into export_progress (run_id, rows_done, rows_in_all) values (%s, %s, %s)"
                " on conflict (run_id) do update set rows_done = excluded.rows_done,"
                " rows_in_all = excluded.rows_in_all",
                (run_id, rows_done, rows_in_all),
            )
