"""Second factors in PostgreSQL, sealed."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import psycopg
from psycopg import Connection
from pydantic import SecretStr

from adapters.postgres.pool import Pool
from adapters.seals.sealing import key_id_of
from adapters.seals.second_factor import SecondFactorSeals
from application.ports.broker import KeysSealed
from application.ports.second_factor import Factor
from domain.refusals import Conflict

BEGIN = """
    insert into second_factors as known (user_id, sealed, begun_at) values (%s, %s, %s)
    on conflict (user_id) do update set sealed = excluded.sealed, begun_at = excluded.begun_at
        where known.confirmed_at is null
    returning user_id"""

CONFIRM = """
    update second_factors set confirmed_at = %s, last_step = %s
    where user_id = %s and confirmed_at is null returning user_id"""

USE = "update second_factors set last_step = %s where user_id = %s and last_step < %s returning user_id"

KEEP = "insert into recovery_codes (user_id, code_hash) select %s, unnest(%s::bytea[])"


class PostgresSecondFactors:
    """The application's SecondFactors."""

    def __init__(self, pool: Pool, seals: SecondFactorSeals) -> None:
        self._pool = pool
        self._seals = seals

    def of(self, user_id: str) -> Factor | None:
        """See application.ports.second_factor.SecondFactors."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "select sealed, confirmed_at from second_factors where user_id = %s", (user_id,)
            ).fetchone()
        if row is None:
            return None
        return Factor(self._seals.open(user_id, row["sealed"]), row["confirmed_at"] is not None)

    def is_confirmed(self, user_id: str) -> bool:
        """See application.ports.second_factor.SecondFactors."""
        query = "select from second_factors where user_id = %s and confirmed_at is not null"
        with self._pool.connection() as connection:
            return connection.execute(query, (user_id,)).fetchone() is not None

    def begin(self, user_id: str, secret: SecretStr, at: datetime) -> None:
        """See application.ports.second_factor.SecondFactors."""
        sealed = self._seals.seal(user_id, secret)
        with self._pool.connection() as connection:
            if connection.execute(BEGIN, (user_id, sealed, at)).fetchone() is None:
                raise Conflict("There is a second factor already; remove it first.")

    def confirm(self, user_id: str, step: int, code_hashes: Sequence[bytes], at: datetime) -> bool:
        """See application.ports.second_factor.SecondFactors."""
        with self._pool.connection() as connection, connection.transaction():
            if connection.execute(CONFIRM, (at, step, user_id)).fetchone() is None:
                return False
            connection.execute(KEEP, (user_id, list(code_hashes)))
            return True

    def use(self, user_id: str, step: int) -> bool:
        """See application.ports.second_factor.SecondFactors."""
        with self._pool.connection() as connection:
            return connection.execute(USE, (step, user_id, step)).fetchone() is not None

    def use_recovery(self, user_id: str, code_hash: bytes) -> bool:
        """See application.ports.second_factor.SecondFactors."""
        query = "delete from recovery_codes where user_id = %s and code_hash = %s returning user_id"
        with self._pool.connection() as connection:
            return connection.execute(query, (user_id, code_hash)).fetchone() is not None

    def renew(self, user_id: str, code_hashes: Sequence[bytes]) -> None:
        """See application.ports.second_factor.SecondFactors."""
        with self._pool.connection() as connection, connection.transaction():
            connection.execute("delete from recovery_codes where user_id = %s", (user_id,))
            connection.execute(KEEP, (user_id, list(code_hashes)))

    def remove(self, user_id: str) -> bool:
        """See application.ports.second_factor.SecondFactors."""
        with self._pool.connection() as connection:
            return bool(
                connection.execute("delete from second_factors where user_id = %s", (user_id,)).rowcount
            )

    def reseal(self) -> int:
        """Seal with the newest key whatever an older one opens, and answer how many that were."""
        with self._pool.connection() as connection:
            rows = connection.execute("select user_id, sealed from second_factors").fetchall()
            return sum(self._reseal(connection, **row) for row in rows)

    def _reseal(self, connection: Connection[dict[str, Any]], user_id: str, sealed: bytes) -> int:
        if self._seals.is_newest(sealed):
            return 0
        with suppress(KeysSealed):  # what no key opens stays as it is, for the key may come back
            again = self._seals.seal(user_id, self._seals.open(user_id, sealed))
            return connection.execute(
                "update second_factors set sealed = %s where user_id = %s and sealed = %s",
                (again, user_id, sealed),
            ).rowcount
        return 0


def sealed_with(connection: Connection[Any]) -> list[tuple[str, str]]:
    """Of each second factor its person's id, and the id of the sealing key that opens it."""
    try:
        rows = connection.execute("select user_id, sealed from second_factors order by user_id").fetchall()
    except psycopg.errors.UndefinedTable:
        return []
    return [(user_id, key_id_of(bytes(sealed))) for user_id, sealed in rows]
