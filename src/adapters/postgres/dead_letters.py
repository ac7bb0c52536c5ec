"""Dead letters in a table of their own, the latest thousand of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from adapters.postgres.pool import Pool
from application.ports.dead_letters import DeadLetter, Settled

KEPT = 1_000

KEEP = """
    insert into dead_letters (id, job, arguments, error, first_failed_at, last_failed_at)
    values (%(id)s, %(job)s, %(arguments)s, %(error)s, %(at)s, %(at)s)
    on conflict (job, md5(arguments::text)) where settled_at is null do update set
        error = excluded.error, failures = dead_letters.failures + 1, last_failed_at = excluded.last_failed_at"""

WAITING = """
    select id, job, arguments, error, failures, first_failed_at, last_failed_at from dead_letters
    where settled_at is null and (%(after)s::uuid is null or id > %(after)s) order by id limit %(limit)s"""

SETTLE = """
    update dead_letters set settled_at = %s, settled_by = %s, settled_as = %s where id = %s and settled_at is null
    returning id, job, arguments, error, failures, first_failed_at, last_failed_at"""

FORGET = """
    delete from dead_letters where last_failed_at < (
        select last_failed_at from dead_letters order by last_failed_at desc offset %s limit 1)"""


class PostgresDeadLetters:
    """The application's DeadLetters, and where the queue puts them."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def keep(self, letter_id: UUID, job: str, arguments: Sequence[Any], error: str, at: datetime) -> None:
        """Keep a job that was given up; one that waits already has failed once more."""
        with self._pool.connection() as connection, connection.transaction():
            parameters = {"id": letter_id, "job": job, "arguments": Jsonb(list(arguments))}
            connection.execute(KEEP, {**parameters, "error": error, "at": at})
            connection.execute(FORGET, (KEPT - 1,))

    def waiting(self, *, after: UUID | None = None, limit: int = KEPT) -> Sequence[DeadLetter]:
        """See application.ports.dead_letters."""
        with self._pool.connection() as connection:
            rows = connection.execute(WAITING, {"after": after, "limit": limit}).fetchall()
        return [DeadLetter(**row) for row in rows]

    def settle(self, letter_id: UUID, as_: Settled, by: str, at: datetime) -> DeadLetter | None:
        """See application.ports.dead_letters."""
        with self._pool.connection() as connection:
            row = connection.execute(SETTLE, (at, by, as_, letter_id)).fetchone()
        return DeadLetter(**row) if row else None


def count(connection: Connection[dict[str, Any]]) -> int:
    """How many wait."""
    row = connection.execute(
        "select count(*) as waiting from dead_letters where settled_at is null"
    ).fetchone()
    return row["waiting"] if row else 0
