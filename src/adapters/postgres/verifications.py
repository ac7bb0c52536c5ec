"""Verifications in a table of their own, the latest hundred of them."""

from datetime import datetime

from adapters.postgres.pool import Pool
from application.ports.verifications import Verified
from domain.audit.verification import Verification

KEPT = 100

REMEMBER = """
    insert into verifications (ended_at, events, chain_head, decisions, differences) values (%s, %s, %s, %s, %s)
    on conflict (ended_at) do nothing"""

FORGET = """
    delete from verifications where ended_at < (
        select ended_at from verifications order by ended_at desc offset %s limit 1)"""

LATEST = """
    select ended_at, events, chain_head, decisions, differences from verifications
    order by ended_at desc limit 1"""


class PostgresVerifications:
    """The application's Verifications."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def remember(self, found: Verification, at: datetime) -> None:
        """See application.ports.verifications."""
        row = (at, found.events, found.chain_head, found.decisions, len(found.differences))
        with self._pool.connection() as connection, connection.transaction():
            connection.execute(REMEMBER, row)
            connection.execute(FORGET, (KEPT - 1,))

    def latest(self) -> Verified | None:
        """See application.ports.verifications."""
        with self._pool.connection() as connection:
            row = connection.execute(LATEST).fetchone()
        return Verified(**row) if row else None
