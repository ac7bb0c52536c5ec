"""Sign-ins in PostgreSQL."""

from datetime import datetime
from typing import Any
from uuid import UUID

from adapters.postgres.pool import Pool
from application.ports.access import KnownSignIn
from domain.access.sign_in import LASTING, CameFrom, SignIn

BEGIN = """
    insert into sign_ins (secret_hash, user_id, begun_at, seen_at, proven_at, came_from)
    values (%s, %s, %s, %s, %s, %s)"""

OF = """
    select id, came_from, secret_hash, user_id, begun_at, seen_at, proven_at from sign_ins where user_id = %s
    order by begun_at desc, id"""

FIND = "select user_id, begun_at, seen_at, proven_at from sign_ins where secret_hash = %s"

PROVE = """
    update sign_ins set proven_at = %s where secret_hash = %s
    returning user_id, begun_at, seen_at, proven_at"""


class PostgresSignIns:
    """The application's SignIns."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def of(self, user_id: str) -> list[KnownSignIn]:
        """See application.ports.access.SignIns."""
        with self._pool.connection() as connection:
            return [_known(row) for row in connection.execute(OF, (user_id,)).fetchall()]

    def begin(self, secret_hash: bytes, sign_in: SignIn, came_from: CameFrom) -> None:
        """See application.ports.access.SignIns."""
        moments = (sign_in.begun_at, sign_in.seen_at, sign_in.proven_at)
        values = (secret_hash, sign_in.user_id, *moments, came_from)
        with self._pool.connection() as connection:
            connection.execute("delete from sign_ins where begun_at <= %s", (sign_in.begun_at - LASTING,))
            connection.execute(BEGIN, values)

    def find(self, secret_hash: bytes) -> SignIn | None:
        """See application.ports.access.SignIns."""
        with self._pool.connection() as connection:
            row = connection.execute(FIND, (secret_hash,)).fetchone()
        return None if row is None else SignIn(**row)

    def see(self, secret_hash: bytes, at: datetime) -> None:
        """See application.ports.access.SignIns."""
        with self._pool.connection() as connection:
            connection.execute("update sign_ins set seen_at = %s where secret_hash = %s", (at, secret_hash))

    def prove(self, secret_hash: bytes, at: datetime) -> SignIn | None:
        """See application.ports.access.SignIns."""
        with self._pool.connection() as connection:
            row = connection.execute(PROVE, (at, secret_hash)).fetchone()
        return None if row is None else SignIn(**row)

    def end(self, secret_hash: bytes) -> int:
        """See application.ports.access.SignIns."""
        with self._pool.connection() as connection:
            return connection.execute("delete from sign_ins where secret_hash = %s", (secret_hash,)).rowcount

    def end_one(self, user_id: str, sign_in_id: UUID) -> int:
        """See application.ports.access.SignIns."""
        with self._pool.connection() as connection:
            return connection.execute(
                "delete from sign_ins where user_id = %s and id = %s", (user_id, sign_in_id)
            ).rowcount

    def end_all(self, user_id: str, *, but: bytes | None = None) -> int:
        """See application.ports.access.SignIns."""
        with self._pool.connection() as connection:
            return connection.execute(
                "delete from sign_ins where user_id = %s and secret_hash is distinct from %s", (user_id, but)
            ).rowcount


def _known(row: dict[str, Any]) -> KnownSignIn:
    sign_in = SignIn(row["user_id"], row["begun_at"], row["seen_at"], row["proven_at"])
    return KnownSignIn(row["id"], row["secret_hash"], sign_in, row["came_from"])
