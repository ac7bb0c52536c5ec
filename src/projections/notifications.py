"""The feed: what a person was told, oldest first, and how far they have read it.

What a freeze keeps silent, or what had failed the time before, is not shown. That is read from the order of the events,
and so never changes after a row is there: no page skips or repeats anything while new ones come in.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import Recorded
from domain.notifications.notification import TOLD, notification_of
from domain.runs.events import RetentionApplied
from domain.streams import State
from projections.members import OF_MEMBER
from projections.read_model import Expired, ReadModel, RowOf, Table
from projections.silence import is_silent
from projections.tenancy import or_of_nobody


class NotificationRow(NamedTuple):
    event_number: int
    notification_id: UUID
    kind: str
    severity: str
    title: str
    sentence: str
    portfolio_id: UUID | None
    listing_id: UUID | None
    alert_id: UUID | None
    run_id: UUID | None
    series: str | None
    at: datetime
    recorded_at: datetime


NOTIFICATIONS = Table(
    name="notifications",
    columns={
        "event_number": "bigint",
        "notification_id": "uuid not null",
        "kind": "text not null",
        "severity": "text not null",
        "title": "text not null",
        "sentence": "text not null",
        "portfolio_id": "uuid",
        "listing_id": "uuid",
        "alert_id": "uuid",
        "run_id": "uuid",
        "series": "text",
        "at": "timestamptz not null",
        "recorded_at": "timestamptz not null",
    },
    key=("event_number",),
    mode="append",
    indexes=("(portfolio_id, event_number)",),
    unique=("(notification_id)",),
    expires="recorded_at < before",
    visible=or_of_nobody(),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row for every event that somebody may be told of; a notification has its event's id.

    It goes when it has been known for long: what happened years ago may be told today.
    """
    if isinstance(recorded.event, RetentionApplied):
        yield NOTIFICATIONS, Expired(recorded.event.notifications_before)
        return
    told = notification_of(recorded.event)
    if told is None:
        return
    yield (
        NOTIFICATIONS,
        NotificationRow(
            event_number=recorded.number,
            notification_id=recorded.metadata.id,
            kind=told.kind,
            severity=told.severity,
            title=told.title,
            sentence=told.sentence,
            portfolio_id=told.portfolio_id,
            listing_id=told.listing_id,
            alert_id=told.alert_id,
            run_id=told.run_id or recorded.metadata.run_id,
            series=told.series,
            at=recorded.metadata.at,
            recorded_at=recorded.metadata.recorded_at,
        ),
    )


READ_MODEL = ReadModel("notifications", "following", (NOTIFICATIONS,), (*TOLD, RetentionApplied), rows)

EVERYBODY: LiteralString = "select member from portfolio_members where present union select 'local'"
"""To whom it is told what concerns the whole house: who sees a portfolio, and the person at this machine."""

MINE: LiteralString = f"({OF_MEMBER} or portfolio_id is null and %(member)s in ({EVERYBODY}))"

FEED: LiteralString = (
    "select event_number as number, notification_id as id, kind, severity, title, sentence, portfolio_id,"
    " listing_id, alert_id, run_id, at, recorded_at, read_at from notifications"
    " left join (select notification_id, read_at from notification_reads where principal = %(member)s) as mine"
    f" using (notification_id) where {MINE}"
    f" and not {is_silent('notifications')}"
)


def page(
    connection: Connection[dict[str, Any]],
    member: str,
    *,
    after: int = 0,
    up_to: int | None = None,
    unread: bool | None = None,
    newest_first: bool = False,
    limit: int | None = None,
) -> list[dict[str, Any]]:
    """A person's notifications between two numbers, oldest first; the unread ones, the read ones, or both.

    With ``newest_first`` they come the other way round, and ``after`` is the number that they lie before.
    """
    filters: list[tuple[LiteralString, object]] = [
        ("event_number <= %(up_to)s", up_to),
        ("(read_at is null) = %(unread)s", unread),
    ]
    also = [condition for condition, value in filters if value is not None]
    beyond, way = ("<", "desc") if newest_first else (">", "asc")
    where = " and ".join([f"event_number {beyond} %(after)s", *also])
    return connection.execute(
        f"{FEED} and {where} order by event_number {way} limit %(limit)s",
        {"member": member, "after": after, "up_to": up_to, "unread": unread, "limit": limit},
    ).fetchall()


def one(connection: Connection[dict[str, Any]], member: str, notification_id: UUID) -> dict[str, Any] | None:
    """One notification that a person was told."""
    return connection.execute(
        f"{FEED} and notification_id = %(notification)s", {"member": member, "notification": notification_id}
    ).fetchone()
