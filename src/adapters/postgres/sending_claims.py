"""Who is sending which order, so that no two processes ever do at once."""

from datetime import datetime, timedelta
from uuid import UUID

from adapters.postgres.pool import Pool

CLAIM = """
    insert into sending_claims as known (order_id, until) values (%(order)s, %(until)s)
    on conflict (order_id) do update set until = excluded.until where known.until <= %(now)s
    returning order_id"""

KEPT = timedelta(hours=1)


class PostgresSendingClaims:
    """The application's SendingClaims. What ran out an hour ago is forgotten."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def claim(self, order_id: UUID, now: datetime, until: datetime) -> bool:
        """See application.ports.broker.SendingClaims."""
        with self._pool.connection() as connection:
            connection.execute("delete from sending_claims where until < %s", (now - KEPT,))
            claimed = connection.execute(CLAIM, {"order": order_id, "now": now, "until": until}).fetchone()
        return claimed is not None

    def give_up(self, order_id: UUID) -> None:
        """See application.ports.broker.SendingClaims."""
        with self._pool.connection() as connection:
            connection.execute("delete from sending_claims where order_id = %s", (order_id,))
