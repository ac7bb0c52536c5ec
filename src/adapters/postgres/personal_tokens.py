"""Personal tokens in PostgreSQL."""

from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from adapters.postgres.event_log import PostgresEventLog
from adapters.postgres.pool import Pool
from application.ports import Batch
from domain.access.token import TOKENS_MAX, PersonalToken
from domain.refusals import Conflict, NotFound

TOKEN = "select token_id as id, user_id, name, scope, made_at, expires_at, last_used_at from personal_tokens"  # noqa: S105  # a query

ADD = """
    insert into personal_tokens (token_id, user_id, secret_hash, name, scope, made_at, expires_at)
    values (%s, %s, %s, %s, %s, %s, %s)"""


class PostgresPersonalTokens:
    """The application's PersonalTokens. Made and removed under the log's lock, with the request's receipt."""

    def __init__(self, pool: Pool, log: PostgresEventLog) -> None:
        self._pool = pool
        self._log = log

    def find(self, secret_hash: bytes) -> PersonalToken | None:
        """See application.ports.access.PersonalTokens."""
        with self._pool.connection() as connection:
            row = connection.execute(f"{TOKEN} where secret_hash = %s", (secret_hash,)).fetchone()
        return None if row is None else PersonalToken(**row)

    def use(self, token_id: UUID, at: datetime) -> None:
        """See application.ports.access.PersonalTokens."""
        with self._pool.connection() as connection:
            connection.execute(
                "update personal_tokens set last_used_at = %s where token_id = %s", (at, token_id)
            )

    def of(self, user_id: str) -> list[PersonalToken]:
        """See application.ports.access.PersonalTokens."""
        with self._pool.connection() as connection:
            rows = connection.execute(f"{TOKEN} where user_id = %s order by made_at, token_id", (user_id,))
            return [PersonalToken(**row) for row in rows.fetchall()]

    def add(self, secret_hash: bytes, token: PersonalToken, batch: Batch) -> int:
        """See application.ports.access.PersonalTokens."""
        values = (
            token.id,
            token.user_id,
            secret_hash,
            token.name,
            token.scope,
            token.made_at,
            token.expires_at,
        )
        with self._pool.connection() as connection, connection.transaction():
            number = self._log.append_within(connection, batch)
            if _count(connection, token.user_id) >= TOKENS_MAX:
                raise Conflict(f"There are {TOKENS_MAX} tokens already; remove one first.")
            connection.execute(ADD, values)
        return number

    def remove(self, user_id: str, token_id: UUID, batch: Batch) -> int:
        """See application.ports.access.PersonalTokens."""
        with self._pool.connection() as connection, connection.transaction():
            number = self._log.append_within(connection, batch)
            removed = connection.execute(
                "delete from personal_tokens where user_id = %s and token_id = %s", (user_id, token_id)
            )
            if not removed.rowcount:
                raise NotFound("token", token_id)
        return number

    def remove_all(self, user_id: str) -> int:
        """See application.ports.access.PersonalTokens."""
        with self._pool.connection() as connection:
            return connection.execute("delete from personal_tokens where user_id = %s", (user_id,)).rowcount


def _count(connection: Connection[dict[str, Any]], user_id: str) -> int:
    row = connection.execute(
        "select count(*) as known from personal_tokens where user_id = %s", (user_id,)
    ).fetchone()
    return row["known"] if row else 0
