"""What was sent over which channel, and what waits to be."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from adapters.postgres.pool import Pool
from application.ports.channels import Addressed, Delivery, Standing
from domain.notifications.message import Waiting
from domain.notifications.tries import PAUSES

EXPECT = """
    insert into deliveries (channel_id, notification_id, number, severity, title, sentence, about, at, next_try_at)
    select c.channel_id, told.id, told.number, told.severity, told.title, told.sentence, told.about, told.at, %(now)s
    from unnest(%(owners)s::text[], %(ids)s::uuid[], %(numbers)s::bigint[], %(severities)s::text[],
        %(titles)s::text[], %(sentences)s::text[], %(abouts)s::text[], %(ats)s::timestamptz[])
        as told (owner, id, number, severity, title, sentence, about, at)
    join channels c on c.owner = told.owner and c.enabled and told.severity = any(c.severities)
        and c.since < told.number
    on conflict do nothing"""

CLAIM = """
    with due as (
        update deliveries set tries = tries + 1,
            next_try_at = %(now)s + (%(pauses)s::interval[])[least(tries + 1, %(last)s)]
        where channel_id = %(channel)s and next_try_at <= %(now)s
        returning notification_id, number, tries, severity, title, sentence, about, at)
    select * from due order by number"""

SENT = """
    update deliveries set sent_at = %(at)s, next_try_at = null, problem = null
    where channel_id = %(channel)s and notification_id = any(%(ids)s)"""

UNSENT = """
    update deliveries set problem = %(problem)s
    where channel_id = %(channel)s and notification_id = any(%(ids)s) and sent_at is null"""

GIVE_UP = """
    update deliveries set failed_at = %(at)s, next_try_at = null,
        problem = coalesce(%(problem)s, problem, 'It is not known what became of the last try.')
    where channel_id = %(channel)s and notification_id = any(%(ids)s) and sent_at is null"""

STANDING = """
    select c.channel_id, max(d.sent_at) as last_sent_at,
        count(*) filter (where d.next_try_at is not null) as waiting,
        count(*) filter (where d.failed_at is not null) as failed,
        (array_agg(d.problem order by d.number desc) filter (where d.problem is not null))[1] as problem
    from channels c left join deliveries d using (channel_id) where c.owner = %(owner)s group by c.channel_id"""


class PostgresDeliveries:
    """The application's Deliveries."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def expect(self, addressed: Sequence[Addressed], now: datetime) -> None:
        """See application.ports.channels.Deliveries."""
        with self._pool.connection() as connection:
            connection.execute(EXPECT, _columns(addressed) | {"now": now})

    def due(self, now: datetime) -> list[UUID]:
        """See application.ports.channels.Deliveries."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                "select distinct channel_id from deliveries where next_try_at <= %s", (now,)
            ).fetchall()
        return [row["channel_id"] for row in rows]

    def claim(self, channel_id: UUID, now: datetime) -> list[Delivery]:
        """See application.ports.channels.Deliveries. Of two who claim at once the second finds nothing due."""
        with self._pool.connection() as connection:
            rows = connection.execute(
                CLAIM, {"channel": channel_id, "now": now, "pauses": list(PAUSES), "last": len(PAUSES)}
            ).fetchall()
        return [_delivery(row) for row in rows]

    def sent(self, channel_id: UUID, notification_ids: Sequence[UUID], at: datetime) -> None:
        """See application.ports.channels.Deliveries."""
        self._change(SENT, channel_id, notification_ids, at=at)

    def unsent(self, channel_id: UUID, notification_ids: Sequence[UUID], problem: str) -> None:
        """See application.ports.channels.Deliveries."""
        self._change(UNSENT, channel_id, notification_ids, problem=problem)

    def give_up(
        self, channel_id: UUID, notification_ids: Sequence[UUID], at: datetime, problem: str | None
    ) -> None:
        """See application.ports.channels.Deliveries."""
        if notification_ids:
            self._change(GIVE_UP, channel_id, notification_ids, at=at, problem=problem)

    def standing(self, owner: str) -> Mapping[UUID, Standing]:
        """See application.ports.channels.Deliveries."""
        with self._pool.connection() as connection:
            rows = connection.execute(STANDING, {"owner": owner}).fetchall()
        return {row.pop("channel_id"): Standing(**row) for row in rows}

    def _change(self, statement: str, channel_id: UUID, ids: Sequence[UUID], **values: object) -> None:
        with self._pool.connection() as connection:
            connection.execute(statement.encode(), {"channel": channel_id, "ids": list(ids)} | values)


def _columns(addressed: Sequence[Addressed]) -> dict[str, Any]:
    waiting = [each.waiting for each in addressed]
    return {
        "owners": [each.owner for each in addressed],
        "ids": [each.notification_id for each in addressed],
        "numbers": [each.number for each in addressed],
        "severities": [each.severity for each in waiting],
        "titles": [each.title for each in waiting],
        "sentences": [each.sentence for each in waiting],
        "abouts": [each.about for each in waiting],
        "ats": [each.at for each in waiting],
    }


def _delivery(row: dict[str, Any]) -> Delivery:
    waiting = Waiting(row["severity"], row["title"], row["sentence"], row["about"], row["at"])
    return Delivery(row["notification_id"], row["tries"], waiting)
