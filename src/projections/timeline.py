"""The timeline: every event in its order, with its sentence (`GET /events`)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.catalogue import EVENT_TYPES, wire_name
from domain.events import Event, Recorded
from domain.quality.events import PriceQuarantined
from domain.streams import State
from projections.members import OF_MEMBER
from projections.read_model import ReadModel, RowOf, Table
from projections.tenancy import or_own


class TimelineRow(NamedTuple):
    event_number: int
    id: UUID
    stream: str
    version: int
    type: str
    at: datetime
    actor: str
    run_id: UUID | None
    correlation_id: UUID
    recorded_at: datetime
    portfolio_id: UUID | None
    position_id: UUID | None
    listing_id: UUID | None
    owner: str | None
    message: str
    data: str


TIMELINE = Table(
    name="timeline",
    columns={
        "event_number": "bigint",
        "id": "uuid not null",
        "stream": "text not null",
        "version": "bigint not null",
        "type": "text not null",
        "at": "timestamptz not null",
        "actor": "text not null",
        "run_id": "uuid",
        "correlation_id": "uuid not null",
        "recorded_at": "timestamptz not null",
        "portfolio_id": "uuid",
        "position_id": "uuid",
        "listing_id": "uuid",
        "owner": "text",
        "message": "text not null",
        "data": "jsonb not null",
    },
    key=("event_number",),
    mode="append",
    indexes=(
        "(position_id, event_number)",
        "(portfolio_id, event_number)",
        "(type, event_number)",
        "(run_id, event_number) where run_id is not null",
    ),
    visible=or_own(),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """One row for every event."""
    event, metadata = recorded.event, recorded.metadata
    yield (
        TIMELINE,
        TimelineRow(
            event_number=recorded.number,
            id=metadata.id,
            stream=recorded.stream,
            version=recorded.version,
            type=wire_name(event.name),
            at=metadata.at,
            actor=metadata.actor,
            run_id=metadata.run_id,
            correlation_id=metadata.correlation_id,
            recorded_at=metadata.recorded_at,
            portfolio_id=_portfolio(event),
            position_id=recorded.stream_id if event.stream_kind == "position" else None,
            listing_id=getattr(event, "listing_id", None),
            owner=getattr(event, "owner", None),
            message=event.sentence(),
            data=recorded.event_json(),
        ),
    )


NOBODYS: LiteralString = "portfolio_id is null and (owner is null or owner = %(member)s)"
"""Events of no portfolio: of listings, of the house, and what was done for the person who asks."""


def _portfolio(event: Event) -> UUID | None:
    """Whose event it is. What befell a price of a replay stands in the listing's stream, and is the replay's alone."""
    if isinstance(event, PriceQuarantined) and event.feed is not None:
        return UUID(event.feed)
    portfolio_id: UUID | None = getattr(event, "portfolio_id", None)
    return portfolio_id


READ_MODEL = ReadModel("timeline", "following", (TIMELINE,), tuple(EVENT_TYPES.values()), rows)


# What belongs to nobody is everybody's to read; who did it is not.
ACTOR: LiteralString = """case
    when portfolio_id is null and actor <> %(member)s and actor not like 'ballast:%%' then 'another' else actor
    end as actor"""


class Selection(NamedTuple):
    """Which events are wanted: those to which all that is given applies.

    ``types`` and ``actor`` widen each other: events of these types, and whatever this actor did.
    """

    position_id: UUID | None = None
    portfolio_id: UUID | None = None
    event_type: str | None = None
    types: Sequence[str] = ()
    actor: str | None = None
    run_id: UUID | None = None
    order_id: UUID | None = None


def page(
    connection: Connection[dict[str, Any]],
    member: str,
    wanted: Selection,
    *,
    after: int,
    limit: int,
    newest_first: bool = False,
) -> list[dict[str, Any]]:
    """Events after a number, oldest first; with ``newest_first`` the other way round, and those before the number.

    Only those of portfolios that the person sees are seen, what was done for them, and what belongs to nobody, such as
    listings.
    """
    mine: LiteralString = OF_MEMBER
    if wanted.position_id is None and wanted.portfolio_id is None:
        mine = f"({NOBODYS} or {OF_MEMBER})"
    filters: list[tuple[LiteralString, object]] = [
        ("position_id = %(position)s", wanted.position_id),
        ("portfolio_id = %(portfolio)s", wanted.portfolio_id),
        ("type = %(type)s", wanted.event_type),
        ("run_id = %(run)s", wanted.run_id),
        ("data->>'order_id' = %(order)s::text", wanted.order_id),
        (_either(wanted.types, wanted.actor), wanted.types or wanted.actor or None),
    ]
    # Only what is asked for stands in the query, so that each combination is planned by its own index.
    where = " and ".join([mine, *(condition for condition, value in filters if value is not None)])
    beyond, way = ("<", "desc") if newest_first else (">", "asc")
    return connection.execute(
        f"select event_number as number, id, stream, version, type, at, {ACTOR}, run_id, correlation_id,"
        f" recorded_at, message, data::text from timeline where event_number {beyond} %(after)s and {where}"
        f" order by event_number {way} limit %(limit)s",
        {
            "member": member,
            "position": wanted.position_id,
            "portfolio": wanted.portfolio_id,
            "type": wanted.event_type,
            "types": list(wanted.types),
            "actor": wanted.actor,
            "run": wanted.run_id,
            "order": wanted.order_id,
            "after": after,
            "limit": limit,
        },
    ).fetchall()


def _either(types: Sequence[str], actor: str | None) -> LiteralString:
    if types and actor:
        return "(type = any(%(types)s) or actor = %(actor)s)"
    return "type = any(%(types)s)" if types else "actor = %(actor)s"


def newest_seen(connection: Connection[dict[str, Any]], member: str, after: int) -> int | None:
    """The newest event after a number that a person may see, None when there is none."""
    row = connection.execute(
        f"select event_number from timeline where event_number > %(after)s and ({NOBODYS} or {OF_MEMBER})"
        " order by event_number desc limit 1",
        {"member": member, "after": after},
    ).fetchone()
    return row["event_number"] if row else None
