"""The timeline: every event in its order, with its sentence (API.md, GET /events)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.catalogue import wire_name
from domain.events import Recorded
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table


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
        "message": "text not null",
        "data": "jsonb not null",
    },
    key=("event_number",),
    mode="append",
    indexes=(
        "(position_id, event_number)",
        "(portfolio_id, event_number)",
        "(type, event_number)",
    ),
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
            portfolio_id=getattr(event, "portfolio_id", None),
            position_id=recorded.stream_id if event.stream_kind == "position" else None,
            listing_id=getattr(event, "listing_id", None),
            message=event.sentence(),
            data=event.model_dump_json(),
        ),
    )


READ_MODEL = ReadModel("timeline", "following", (TIMELINE,), rows)


def page(
    connection: Connection[dict[str, Any]],
    *,
    position_id: UUID | None,
    portfolio_id: UUID | None,
    event_type: str | None,
    after: int,
    limit: int,
) -> list[dict[str, Any]]:
    """Events after a number, oldest first, of one position, one portfolio, one type or all."""
    return connection.execute(
        "select event_number as number, id, stream, version, type, at, actor, run_id, correlation_id,"
        " recorded_at, message, data from timeline where event_number > %(after)s"
        " and (%(position)s::uuid is null or position_id = %(position)s)"
        " and (%(portfolio)s::uuid is null or portfolio_id = %(portfolio)s)"
        " and (%(type)s::text is null or type = %(type)s)"
        " order by event_number limit %(limit)s",
        {
            "position": position_id,
            "portfolio": portfolio_id,
            "type": event_type,
            "after": after,
            "limit": limit,
        },
    ).fetchall()
