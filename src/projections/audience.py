"""Whom a notification is for, of those who are told outside of the feed too."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from psycopg import Connection

from domain.events import Recorded
from domain.notifications.notification import Notification, notification_of
from projections.notifications import EVERYBODY
from projections.silence import is_silent

AUDIENCE = f"""
    with told as (
        select * from unnest(%(numbers)s::bigint[], %(portfolios)s::uuid[], %(kinds)s::text[], %(series)s::text[])
            as told (event_number, portfolio_id, kind, series)
        where not {is_silent("told")})
    select told.event_number, m.member, p.title as about from told join portfolios p using (portfolio_id)
    join portfolio_members m using (portfolio_id) where p.clock = 'live' and m.present
    union all
    select told.event_number, everybody.member, null from told cross join ({EVERYBODY}) as everybody
    where told.portfolio_id is null
    order by event_number"""


class For(NamedTuple):
    """A notification of an event, and a person it is for; ``about`` is the portfolio's name."""

    person: str
    recorded: Recorded
    notification: Notification
    about: str | None


def audience(connection: Connection[dict[str, Any]], events: Sequence[Recorded]) -> list[For]:
    """For whom events are, in their order. A replay's are for the feed alone: nobody is called to a rehearsal.

    What is silent is for nobody, by the place of the events in the log.
    """
    told = {
        each.number: (each, notification)
        for each in events
        if (notification := notification_of(each.event)) is not None
    }
    rows = connection.execute(
        AUDIENCE,
        {
            "numbers": list(told),
            "portfolios": [notification.portfolio_id for _, notification in told.values()],
            "kinds": [notification.kind for _, notification in told.values()],
            "series": [notification.series for _, notification in told.values()],
        },
    ).fetchall()
    return [For(row["member"], *told[row["event_number"]], row["about"]) for row in rows]
