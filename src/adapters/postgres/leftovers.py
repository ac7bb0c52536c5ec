"""What lies beside the log and is kept for a while only."""

from datetime import datetime

from adapters.postgres.pool import Pool
from application.ports import Discarded


class PostgresLeftovers:
    """The application's Leftovers."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def discard(
        self,
        *,
        inputs_before: datetime,
        payloads_before: datetime,
        deliveries_before: datetime,
        reads_before: datetime,
        previews_before: datetime,
    ) -> Discarded:
        """See application.ports.Leftovers."""
        with self._pool.connection() as connection:
            inputs = connection.execute("delete from run_inputs where stored_at < %s", (inputs_before,))
            payloads = connection.execute(
                "delete from provider_payloads where last_seen < %s", (payloads_before,)
            )
            deliveries = connection.execute(
                "delete from deliveries where coalesce(sent_at, failed_at) < %s", (deliveries_before,)
            )
            connection.execute(
                "delete from import_previews p where stored_at < %s"
                " and not exists (select from imports i where i.import_id = p.import_id)",
                (previews_before,),
            )
            connection.execute("delete from notification_reads where read_at < %s", (reads_before,))
        return Discarded(inputs.rowcount, payloads.rowcount, deliveries.rowcount)
