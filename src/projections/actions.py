"""Corporate actions as announced, and the positions that wait for them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Raw
from psycopg import Connection

from domain.actions import Announced, DividendAnnounced, Due, MergerAnnounced, SplitAnnounced
from domain.events import Recorded
from domain.streams import State
from projections.connections import Connections
from projections.read_model import ReadModel, RowOf, Table
from projections.tenancy import EVERYBODY

ANNOUNCED = (DividendAnnounced, SplitAnnounced, MergerAnnounced)


class ActionRow(NamedTuple):
    action_id: UUID
    listing_id: UUID
    kind: str
    day: date
    effective_at: datetime
    content: Raw
    event_number: int


ACTIONS = Table(
    name="actions",
    columns={
        "action_id": "uuid",
        "listing_id": "uuid not null",
        "kind": "text not null",
        "day": "date not null",
        "effective_at": "timestamptz not null",
        "content": "jsonb not null",
        "event_number": "bigint not null",
    },
    key=("action_id",),
    mode="append",
    visible=EVERYBODY,
    unique=("(listing_id, kind, day)",),
    indexes=("(event_number)", "((content ->> 'into_listing_id')) where kind = 'merger'"),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """One row for each announcement."""
    event = recorded.event
    if isinstance(event, Announced):
        yield (
            ACTIONS,
            ActionRow(
                event.action_id,
                event.listing_id,
                event.kind,
                event.day,
                event.effective_at,
                Raw(recorded.event_json().encode()),
                recorded.number,
            ),
        )


READ_MODEL = ReadModel("actions", "inline", (ACTIONS,), ANNOUNCED, rows)

KINDS: dict[str, type[DividendAnnounced | SplitAnnounced | MergerAnnounced]] = {
    each.kind: each for each in ANNOUNCED
}

# Who was in the listing when the action took effect: opened before, and not brought there by a later merger.
WAIT_FOR_EFFECT = """
    select p.position_id from positions p join portfolios f using (portfolio_id)
    where p.listing_id = %(listing)s and feed_of(f.clock, f.portfolio_id) = %(feed)s
        and p.status not in ('closed', 'placing') and not p.settled @> jsonb_build_array(jsonb_build_object(
            'kind', %(kind)s::text, 'listing_id', %(listing)s::text, 'day', %(day)s::text))
        and not exists (select from jsonb_array_elements(p.settled) merger
            where merger ->> 'kind' = 'merger' and merger ->> 'listing_id' <> %(listing)s::text
                and (merger ->> 'effective_at')::timestamptz >= %(at)s)
        and exists (select from stored_events opened
            where opened.originator_id = p.position_id and opened.originator_version = 1
                and (convert_from(opened.state, 'UTF8')::jsonb #>> '{meta,at}')::timestamptz < %(at)s)
    order by p.position_id"""

WAIT_FOR_PAYMENT = """
    select p.position_id from positions p join portfolios f using (portfolio_id)
    where feed_of(f.clock, f.portfolio_id) = %(feed)s and p.status not in ('closed', 'placing')
        and p.accruals @> jsonb_build_array(jsonb_build_object(
            'listing_id', %(listing)s::text, 'ex_date', %(day)s::text))
    order by p.position_id"""


class Actions:
    """The application's Actions. Inline models are never behind, so neither is this."""

    def __init__(self, pool: Connections) -> None:
        self._pool = pool

    def since(self, number: int) -> tuple[int, list[Announced]]:
        """See application.ports.Actions."""
        with self._pool.connection() as connection:
            found = connection.execute(
                "select kind, content::text, event_number from actions where event_number > %s"
                " order by event_number",
                (number,),
            ).fetchall()
        return max((row["event_number"] for row in found), default=number), [_announced(row) for row in found]

    def unsettled(self, feed: str, due: Due) -> list[UUID]:
        """See application.ports.Actions."""
        action = due.action
        with self._pool.connection() as connection:
            found = connection.execute(
                WAIT_FOR_EFFECT if due.phase == "effective" else WAIT_FOR_PAYMENT,
                {
                    "feed": feed,
                    "kind": action.kind,
                    "listing": action.listing_id,
                    "day": action.day.isoformat(),
                    "at": action.effective_at,
                },
            ).fetchall()
        return [row["position_id"] for row in found]


def of_listing(connection: Connection[dict[str, Any]], listing_id: UUID) -> list[Announced]:
    """What was announced of a listing, by when it takes effect."""
    found = connection.execute(
        "select kind, content::text from actions where listing_id = %s order by effective_at, event_number",
        (listing_id,),
    ).fetchall()
    return [_announced(row) for row in found]


def overtaken(connection: Connection[dict[str, Any]]) -> list[UUID]:
    """Live positions with an order at the broker that counts in shares from before a split or merger."""
    found = connection.execute(
        "select o.position_id from orders o join positions p using (position_id)"
        " join portfolios f on f.portfolio_id = p.portfolio_id"
        " where o.is_open and o.status in ('submitting', 'working', 'partial') and p.settled <> '[]'"
        " and o.overlay is distinct from 'pending cancel' and f.clock = 'live'"
        " and exists (select from jsonb_array_elements(p.settled) action where action ->> 'kind' <> 'dividend'"
        " and (action ->> 'effective_at')::timestamptz > o.decided_at)"
        " order by o.position_id"
    ).fetchall()
    return [row["position_id"] for row in found]


def _announced(row: dict[str, Any]) -> Announced:
    return KINDS[row["kind"]].model_validate_json(row["content"])
