"""Whom a notification is for, of those who are told outside of the feed too."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import Recorded
from domain.notifications.notification import OF_THE_FREEZE, TOLD, Notification, notification_of
from projections.freezes import was_frozen
from projections.notifications import EVERYBODY

AUDIENCE = f"""
    select told.number, p.owner, p.title as about
    from unnest(%(numbers)s::bigint[], %(portfolios)s::uuid[], %(of_the_freeze)s::boolean[])
        as told (number, portfolio_id, of_the_freeze)
    join portfolios p on p.portfolio_id = told.portfolio_id and p.clock = 'live'
    where told.of_the_freeze or not {was_frozen("told.portfolio_id", "told.number")}
    union all
    select told.number, everybody.owner, null
    from unnest(%(numbers)s::bigint[], %(portfolios)s::uuid[]) as told (number, portfolio_id)
    cross join ({EVERYBODY}) as everybody (owner)
    where told.portfolio_id is null
    order by number"""


class For(NamedTuple):
    """A notification of an event, and a person it is for; ``about`` is the portfolio's name."""

    owner: str
    recorded: Recorded
    notification: Notification
    about: str | None


def audience(connection: Connection[dict[str, Any]], events: Sequence[Recorded]) -> list[For]:
    """For whom events are, in their order. A replay's are for the feed alone: nobody is called to a rehearsal.

    What a freeze keeps silent is for nobody, by the place of the events in the log.
    """
    told = {
        each.number: (each, notification_of(each.event)) for each in events if isinstance(each.event, TOLD)
    }
    portfolios: list[UUID | None] = [notification.portfolio_id for _, notification in told.values()]
    rows = connection.execute(
        AUDIENCE,
        {
            "numbers": list(told),
            "portfolios": portfolios,
            "of_the_freeze": [notification.kind in OF_THE_FREEZE for _, notification in told.values()],
        },
    ).fetchall()
    return [For(row["owner"], *told[row["number"]], row["about"]) for row in rows]
