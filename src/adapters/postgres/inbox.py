"""The inbox of brokers' messages on PostgreSQL. Callbacks come in by the append function, streams' messages here."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from adapters.postgres.pool import Pool
from application.ports import Message

DUE_MAX = 500

WAITING = """
    select number, source, id, portfolio_id, position_id, body, note, received_at, attempts from inbox
    where number = any(%s) and booked_at is null and next_try_at is not null order by number"""

WAITING_FOR = """
    select number from inbox where position_id = any(%s) and booked_at is null and next_try_at is not null
    order by number limit %s"""

DUE = """
    select number from inbox where next_try_at <= %s and booked_at is null
    order by next_try_at, number limit %s"""


class PostgresInbox:
    """The application's Inbox."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def receive(self, message: Message, next_try_at: datetime) -> int | None:
        """See application.messages.inbox.Inbox."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "insert into inbox (source, id, portfolio_id, body, note, received_at, next_try_at)"
                " values (%s, %s, %s, %s, %s, %s, %s)"
                " on conflict (source, id) do nothing returning number",
                (
                    message.source,
                    message.id,
                    message.portfolio_id,
                    message.body,
                    message.note,
                    message.received_at,
                    next_try_at,
                ),
            ).fetchone()
        return row["number"] if row else None

    def seen(self, keys: Sequence[tuple[str, str]]) -> frozenset[tuple[str, str]]:
        """See application.messages.inbox.Inbox."""
        sources, ids = zip(*keys, strict=True)
        with self._pool.connection() as connection:
            rows = connection.execute(
                "select i.source, i.id from unnest(%s::text[], %s::text[]) as asked (source, id)"
                " join inbox i on i.source = asked.source and i.id = asked.id",
                (list(sources), list(ids)),
            ).fetchall()
        return frozenset((row["source"], row["id"]) for row in rows)

    def waiting(self, numbers: Sequence[int]) -> list[Message]:
        """See application.messages.inbox.Inbox."""
        with self._pool.connection() as connection:
            rows = connection.execute(WAITING, (list(numbers),)).fetchall()
        return [Message(**row) for row in rows]

    def waiting_for(self, position_ids: Sequence[UUID]) -> list[int]:
        """See application.messages.inbox.Inbox."""
        return self._numbers(WAITING_FOR, list(position_ids))

    def due(self, now: datetime) -> list[int]:
        """See application.messages.inbox.Inbox."""
        return self._numbers(DUE, now)

    def _numbers(self, query: LiteralString, value: object) -> list[int]:
        with self._pool.connection() as connection:
            rows = connection.execute(query, (value, DUE_MAX)).fetchall()
        return [row["number"] for row in rows]
